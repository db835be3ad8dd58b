import { createHash } from 'crypto';

import type { PonponPayEvent } from './event';

/** What makes one business event the same, however often and in whatever shape it is told. */
export type EventIdentity = {
	/**
	 * A stable key for the workflow's own de-duplication: the same for every delivery, for both body shapes, and for the
	 * same change found by asking the API instead.
	 */
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
	const dedupeKey = keyOf(environment, subjectOf(event) ?? [event.type, sha256(body)]);
	if (event.eventId === null) {
		return {
			dedupeKey,
			seenAs: [`any ${dedupeKey}`],
			rememberAs: [`any ${dedupeKey}`, `without id ${dedupeKey}`],
		};
	}
	const id = `id ${keyOf(environment, [event.eventId])}`;
	return {
		dedupeKey,
		seenAs: [id, `without id ${dedupeKey}`],
		rememberAs: [id, `any ${dedupeKey}`],
	};
}

/** The key that tells one order from all others, whichever of its ids a delivery carries first. */
export function orderKey({ order }: PonponPayEvent, environment: string): string | undefined {
	const id = order?.merchantOrderId ?? order?.tradeId;
	return typeof id === 'string' ? keyOf(environment, [id]) : undefined;
}

/** The merchant's own order id first: callbacks always have it, the trade id only sometimes [P]. */
function subjectOf({
	order,
	refund,
	dispute,
	eventId,
	type,
}: PonponPayEvent): string[] | undefined {
	if (refund?.refundId) return ['refund', refund.refundId, refund.status ?? type];
	if (dispute?.disputeId) return ['dispute', dispute.disputeId, dispute.status ?? type];
	const orderId = order?.merchantOrderId ?? order?.tradeId;
	if (order && orderId) {
		const status = order.status === 'unknown' ? type : order.status;
		return ['order', orderId, status, order.transactionHash ?? ''];
	}
	return eventId === null ? undefined : [type, eventId];
}

/** Readable, and one key for one list of parts: what stands between the parts cannot stand in them. */
function keyOf(environment: string, parts: readonly string[]): string {
	return [environment, ...parts].map(encodeURIComponent).join(':');
}

function sha256(body: Buffer): string {
	return createHash('sha256').update(body).digest('hex');
}
