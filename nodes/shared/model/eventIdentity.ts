import { createHash } from 'crypto';

import { dedupeKey, keyOf } from './dedupeKey';
import type { PonponPayEvent } from './event';

/** What makes one business event the same, however often and in whatever shape it is told. */
export type EventIdentity = {
	/** See {@link dedupeKey}. */
	readonly dedupeKey: string;
	/** The event was told before if one of these was remembered. */
	readonly seenAs: readonly string[];
	/** What to remember it by. */
	readonly rememberAs: readonly string[];
};

/**
 * Two deliveries tell the same event when environment and event id agree [P]; where one of them carries no id, when the
 * order (or refund, or dispute), its status and its transaction agree.
 *
 * @param environment the one the event is from: its own, or else the credential's
 * @param body the raw body, for events about nothing this package knows
 */
export function identify(event: PonponPayEvent, environment: string, body: Buffer): EventIdentity {
	const key = dedupeKey(event, environment) ?? keyOf(environment, [event.type, sha256(body)]);
	const change = changeOf(event, key);
	if (event.eventId === null) {
		return {
			dedupeKey: key,
			seenAs: [`any ${change}`],
			rememberAs: [`any ${change}`, `without id ${change}`],
		};
	}
	const id = `id ${keyOf(environment, [event.eventId])}`;
	return {
		dedupeKey: key,
		seenAs: [id, `without id ${change}`],
		rememberAs: [id, `any ${change}`],
	};
}

/** The key that tells one order from all others, whichever of its ids a delivery carries first. */
export function orderKey({ order }: PonponPayEvent, environment: string): string | undefined {
	const id = order?.merchantOrderId ?? order?.tradeId;
	return typeof id === 'string' ? keyOf(environment, [id]) : undefined;
}

/** An order's status and transaction tell more changes apart than its event does. */
function changeOf({ order }: PonponPayEvent, key: string): string {
	return [key, order?.status ?? '', order?.transactionHash ?? ''].join(' ');
}

function sha256(body: Buffer): string {
	return createHash('sha256').update(body).digest('hex');
}
