import { isOpenDispute, type Dispute } from '../shared/model/dispute';
import { eventOfStatus, isFurther, isOrderEvent, refundStatusOf } from '../shared/model/event';
import type { Order } from '../shared/model/order';
import { isOverRefund, refundStatusNamed, type Refund } from '../shared/model/refund';

/**
 * What PonponPay's own records say about a claim: true, or true once but overtaken; or which value differs, for good; or
 * that they do not say it yet, and may later.
 */
export type Comparison =
	{ readonly isStale: boolean } | { readonly differs: string } | { readonly isBehind: true };

const BEHIND = { isBehind: true } as const;

/**
 * Compares an order in a delivery with the order as PonponPay has it.
 *
 * An expired order may be told as cancelled and the reverse: it is overtaken then, not untrue.
 *
 * @param type the event, if the order itself is what it is about
 */
export function compareOrder(claimed: Order, found: Order, type: string | undefined): Comparison {
	const differs =
		firstDifference(claimed, found, ['tradeId', 'merchantOrderId', 'currency', 'network']) ??
		amountDifference(claimed, found);
	if (differs !== undefined) return { differs };
	if (type === undefined || !isOrderEvent(type)) return { isStale: false };
	if (found.status === 'unknown') return BEHIND;
	const now = eventOfStatus(found.status);
	return isFurther(type, now) ? BEHIND : { isStale: now !== type };
}

/**
 * Compares a refund in a delivery with the refund as PonponPay has it. A refund ends once, so that another end is untrue.
 *
 * @param type the event, such as `refund.succeeded`
 */
export function compareRefund(claimed: Refund, found: Refund, type: string): Comparison {
	const differs = firstDifference(claimed, found, ['refundId', 'tradeId', 'amount', 'currency']);
	if (differs !== undefined) return { differs };
	const told = refundStatusOf(type) ?? refundStatusNamed(claimed.status);
	const now = refundStatusNamed(found.status);
	if (told === null || told === now) return { isStale: false };
	if (!isOverRefund(now)) return BEHIND;
	return isOverRefund(told) ? { differs: 'status' } : { isStale: true };
}

/**
 * Compares a dispute in a delivery with the dispute as PonponPay has it.
 *
 * @param type the event, `dispute.opened` or `dispute.closed`; the first is overtaken once the dispute is closed
 */
export function compareDispute(claimed: Dispute, found: Dispute, type: string): Comparison {
	const differs = firstDifference(claimed, found, ['disputeId', 'tradeId', 'amount', 'currency']);
	if (differs !== undefined) return { differs };
	const isOpen = isOpenDispute(found);
	if (type === 'dispute.closed' && isOpen) return BEHIND;
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
