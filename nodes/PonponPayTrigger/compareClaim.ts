import type { Dispute } from '../shared/model/dispute';
import { eventOfStatus, isFurther, isOrderEvent } from '../shared/model/event';
import type { Order } from '../shared/model/order';
import type { Refund } from '../shared/model/refund';

/** What PonponPay's own records say about a claim: true, true once but overtaken, or which value differs. */
export type Comparison = { readonly isStale: boolean } | { readonly differs: string };

/**
 * Compares an order in a delivery with the order as PonponPay has it.
 *
 * @param type the event, if the order itself is what it is about
 */
export function compareOrder(claimed: Order, found: Order, type: string | undefined): Comparison {
	const differs =
		firstDifference(claimed, found, ['tradeId', 'merchantOrderId', 'currency', 'network']) ??
		amountDifference(claimed, found);
	if (differs !== undefined) return { differs };
	if (type === undefined || !isOrderEvent(type)) return { isStale: false };
	const now = found.status === 'unknown' ? undefined : eventOfStatus(found.status);
	if (now === type) return { isStale: false };
	const isOvertaken = now !== undefined && isFurther(now, type);
	return isOvertaken ? { isStale: true } : { differs: 'status' };
}

/**
 * Compares a refund in a delivery with the refund as PonponPay has it.
 *
 * @param type the event, such as `refund.succeeded`: a refund ends once, so its status must be the one told
 */
export function compareRefund(claimed: Refund, found: Refund, type: string): Comparison {
	const differs = firstDifference(claimed, found, ['refundId', 'tradeId', 'amount', 'currency']);
	if (differs !== undefined) return { differs };
	return type === `refund.${found.status}` ? { isStale: false } : { differs: 'status' };
}

/**
 * Compares a dispute in a delivery with the dispute as PonponPay has it.
 *
 * @param type the event, `dispute.opened` or `dispute.closed`; the first is overtaken once the dispute is closed
 */
export function compareDispute(claimed: Dispute, found: Dispute, type: string): Comparison {
	const differs = firstDifference(claimed, found, ['disputeId', 'tradeId', 'amount', 'currency']);
	if (differs !== undefined) return { differs };
	const isOpen = found.status === 'open' || found.status === 'under_review';
	if (type === 'dispute.closed' && isOpen) return { differs: 'status' };
	return { isStale: type === 'dispute.opened' && !isOpen };
}

/** What a delivery does not say cannot be wrong. */
function firstDifference<T>(claimed: T, found: T, names: ReadonlyArray<keyof T & string>) {
	return names.find((name) => claimed[name] !== null && claimed[name] !== found[name]);
}

/**
 * What was paid may be told with the suffix or without it, and the total under the name of either.
 */
function amountDifference(claimed: Order, found: Order): string | undefined {
	const isAmong = (amount: string | null, ...known: Array<string | null>) =>
		amount === null || known.includes(amount);
	if (!isAmong(claimed.amount, found.amount, found.fiatAmount, found.actualAmount)) return 'amount';
	return isAmong(claimed.actualAmount, found.actualAmount, found.amount)
		? undefined
		: 'actualAmount';
}
