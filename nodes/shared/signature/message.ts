import type { Environment } from '../model/environment';
import { isAboutSandboxOrder, missingId, parseEvent, type PonponPayEvent } from '../model/event';
import { identify, type EventIdentity } from '../model/eventIdentity';
import { parseJsonExactly } from '../model/json';
import { refuse, type Refusal } from './refusal';

/** An event that PonponPay has signed. */
export type Message = {
	readonly event: PonponPayEvent;
	readonly identity: EventIdentity;
	readonly environment: Environment;
	/** The callback's own JSON. */
	readonly raw: unknown;
};

/**
 * What a body says whose signature is proven.
 *
 * @param ownEnvironment the credential's: test money must not pay for real goods
 * @param now Unix milliseconds
 */
export function readMessage(
	body: Buffer,
	ownEnvironment: Environment,
	now: number,
): Message | Refusal {
	const raw = readJson(body);
	const event = parseEvent(raw, now);
	if (event === undefined) return refuse('notAnEvent');
	const environment = event.environment ?? ownEnvironment;
	if (environment !== ownEnvironment) return refuse('wrongEnvironment', { field: 'environment' });
	const missing = missingId(event);
	if (missing !== undefined) return refuse('aboutNothing', { field: missing });
	const message = { event, identity: identify(event, environment, body), environment, raw };
	return refuseTestMoney(message) ?? message;
}

/** Test money never passes as real, neither by what a delivery says nor by what PonponPay's books add to it. */
export function refuseTestMoney({ event, environment }: Message): Refusal | undefined {
	const isTestMoney = environment === 'production' && isAboutSandboxOrder(event);
	return isTestMoney ? refuse('wrongEnvironment', { field: 'trade_id' }) : undefined;
}

/** @returns `undefined` for what is not JSON in UTF-8 */
function readJson(body: Buffer): unknown {
	const text = body.toString('utf8');
	if (!Buffer.from(text, 'utf8').equals(body)) return undefined;
	try {
		return parseJsonExactly(text);
	} catch {
		return undefined;
	}
}
