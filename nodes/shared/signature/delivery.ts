import { parseEnvironment } from '../model/environment';
import { ENVIRONMENT_HEADER } from './ed25519';
import { readMessage, type Message } from './message';
import { refuse, type Refusal, type Scheme } from './refusal';
import type { Trust } from './trust';
import { verifySignature, type Delivery, type VerifyTools } from './verifySignature';

/** A delivery that PonponPay has signed, and what it says. */
export type OpenedDelivery = Message & {
	readonly scheme: Scheme;
	/** Tells this delivery from all others of its sender; `undefined` under a scheme that has no nonces. */
	readonly nonceKey: string | undefined;
	/** Gives its nonce back, should it not be taken after all: it may then come again unchanged. */
	release(): void;
};

/**
 * The one door for deliveries: raw bytes and headers go in, a proven event or the reason of a refusal comes out.
 *
 * Nothing is believed before the signature fits, and a nonce is used up only then. A delivery that is refused has used up
 * nothing.
 *
 * @returns a refusal, which has a `reason`, or what the delivery says
 */
export async function openDelivery(
	delivery: Delivery,
	trust: Trust,
	tools: VerifyTools,
): Promise<OpenedDelivery | Refusal> {
	const verdict = await verifySignature(delivery, trust, tools);
	if (!verdict.accepted) return verdict.refusal;
	const { scheme, nonceKey } = verdict;
	const release = () => {
		if (nonceKey !== undefined) tools.nonces.release(nonceKey);
	};
	const message =
		refuseOtherEnvironment(delivery, trust) ??
		readMessage(delivery.body, trust.environment, tools.now());
	if ('reason' in message) {
		release();
		return message;
	}
	return { ...message, scheme, nonceKey, release };
}

/** Deliveries carry the headers of Ed25519 beside those of other schemes, and none of them may name another environment. */
function refuseOtherEnvironment(
	{ headers }: Delivery,
	{ environment }: Trust,
): Refusal | undefined {
	if (!headers.has(ENVIRONMENT_HEADER)) return undefined;
	return parseEnvironment(headers.read(ENVIRONMENT_HEADER)) === environment
		? undefined
		: refuse('wrongEnvironment', { header: ENVIRONMENT_HEADER.name });
}
