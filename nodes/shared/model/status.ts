import { wireWord } from './wire';

/**
 * The order statuses of the wire contract, section 4 [P]; a status number is the index in this list.
 */
export const ORDER_STATUSES = [
	'checkout',
	'pending',
	'paid',
	'expired',
	'cancelled',
	'manual',
	'confirming',
	'admin_paid',
] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What a status means for the merchant. "Final" is an end without payment. */
export type OrderPhase = 'pending' | 'paid' | 'final';

const PHASES: Record<OrderStatus, OrderPhase> = {
	checkout: 'pending',
	pending: 'pending',
	paid: 'paid',
	expired: 'final',
	cancelled: 'final',
	manual: 'paid',
	confirming: 'pending',
	admin_paid: 'paid',
};

/**
 * The status of an order as the API sent it: the number, the number as a text, or the word [P], also
 * with one letter l in `canceled`.
 *
 * @returns `undefined` for a status this contract does not know; it must never count as paid
 */
export function parseOrderStatus(wire: unknown): OrderStatus | undefined {
	if (typeof wire === 'number') return ORDER_STATUSES[wire];
	const word = wireWord(wire);
	if (word === null) return undefined;
	if (/^\d$/.test(word)) return ORDER_STATUSES[Number(word)];
	return ORDER_STATUSES.find((status) => status === word);
}

/** Whether a status is the word for "pending": the published words have none for an order that is confirming [P]. */
export function mayMeanConfirming(wire: unknown): boolean {
	return wireWord(wire) === 'pending';
}

/** The status number of the wire contract. */
export function orderStatusCode(status: OrderStatus): number {
	return ORDER_STATUSES.indexOf(status);
}

/** What the status means for the merchant (contract, section 4) [P]. */
export function orderPhase(status: OrderStatus): OrderPhase {
	return PHASES[status];
}

/**
 * The word for how an order is over without payment, so that its link is dead; `undefined` for any other.
 *
 * `failed` is no status of the contract; an order that PonponPay calls so is not handed to a customer [I].
 *
 * @param wire the status as the API sent it
 */
export function endWithoutPayment(wire: unknown): string | undefined {
	const status = parseOrderStatus(wire);
	if (status !== undefined) return PHASES[status] === 'final' ? status : undefined;
	return wireWord(wire) === 'failed' ? 'failed' : undefined;
}

/** "Paid" has three numbers (2, 5 and 7): paid on chain, credited by hand, marked paid by an administrator. */
export function isPaidStatus(status: OrderStatus | undefined): boolean {
	return status !== undefined && PHASES[status] === 'paid';
}
