import { UNKNOWN_ORDER_EVENT, type PonponPayEvent } from './event';

/**
 * A key that is the same for one business event however it became known: by a delivery of either shape, with or without
 * an event id, or by asking the API. Made for the workflow's own de-duplication ("Remove Duplicates").
 *
 * An order's key is made of what every way of hearing about it tells alike: environment, order and event. Not of the event
 * id, the transaction or the status number: the API's lists know no event ids, may leave the transaction out, and may
 * call all three kinds of "paid" by one word [P].
 *
 * @param environment the one the event is from: its own, or else the credential's
 * @returns `undefined` for an event that names nothing it is about and has no id
 */
export function dedupeKey(event: PonponPayEvent, environment: string): string | undefined {
	const subject = subjectOf(event);
	return subject && keyOf(environment, subject);
}

function subjectOf({
	type,
	eventId,
	order,
	refund,
	dispute,
}: PonponPayEvent): string[] | undefined {
	if (refund?.refundId) return ['refund', refund.refundId, refund.status ?? type];
	if (dispute?.disputeId) return ['dispute', dispute.disputeId, dispute.status ?? type];
	// The merchant's own order id first: callbacks always have it, the trade id only sometimes [P].
	const orderId = order?.merchantOrderId ?? order?.tradeId;
	if (orderId && type === UNKNOWN_ORDER_EVENT) {
		return ['order', orderId, type, String(order?.statusCode ?? '')];
	}
	if (orderId) return ['order', orderId, type];
	return eventId === null ? undefined : [type, eventId];
}

/** Readable, and one key for one list of parts: what stands between the parts cannot stand in them. */
export function keyOf(environment: string, parts: readonly string[]): string {
	return [environment, ...parts].map((part) => encodeURIComponent(wellFormed(part))).join(':');
}

/** Half a character, as a text that was cut in its middle has, cannot be encoded. */
function wellFormed(text: string): string {
	return text.replace(HALF_CHARACTER, '\ufffd');
}

const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
