import { amountText, Decimal } from './money';
import type { Order } from './order';
import type { Refund } from './refund';
import { orderPhase } from './status';
import { firstText, isWireObject, wireCount, type WireObject } from './wire';

/** Sums over orders and refunds, as PonponPay tells them. Amounts are exact decimal texts. */
export type ToldStatistics = {
	/** The day, currency or network that these sums are of; `null` for all together. */
	group: string | null;
	totalCount: number | null;
	totalAmount: string | null;
	paidCount: number | null;
	paidAmount: string | null;
	refundedAmount: string | null;
};

/**
 * The statistics of the wire [I]: one element per group, or one for all when not grouped.
 *
 * How a group names itself is not published; its key, or the name it is grouped by, is taken.
 */
export function toStatistics(wire: WireObject, isGrouped: boolean): ToldStatistics[] {
	const groups = Array.isArray(wire.groups) ? wire.groups.filter(isWireObject) : [];
	return isGrouped ? groups.map(toldSums) : [toldSums(wire)];
}

function toldSums(wire: WireObject): ToldStatistics {
	return {
		group: firstText(wire, 'key', 'day', 'date', 'currency', 'network'),
		totalCount: wireCount(wire.total_count),
		totalAmount: amountText(wire.total_amount),
		paidCount: wireCount(wire.paid_count),
		paidAmount: amountText(wire.paid_amount),
		refundedAmount: amountText(wire.refunded_amount),
	};
}

/** Sums over the orders of one currency, and of one day or network of it. Amounts are exact decimal texts. */
export type Statistics = {
	/** `null` for orders whose customer has not chosen one. */
	currency: string | null;
	/** The day (`2026-11-22`) or network; `null` for the whole currency. */
	group: string | null;
	totalCount: number | null;
	/** What was asked for, paid or not. */
	totalAmount: string | null;
	paidCount: number | null;
	/** What was received. */
	paidAmount: string | null;
	/** Orders that may still be paid. */
	openCount: number | null;
	openAmount: string | null;
	/** What PonponPay has sent back of these orders; `null` where it lists no refunds. */
	refundedAmount: string | null;
	/** What was received and not sent back. */
	netAmount: string | null;
};

/**
 * Adds up orders, never two currencies in one sum; sorted by currency and group.
 *
 * @param refunds those of these orders; `undefined` where nobody knows of any
 * @param groupOf the day or network of an order
 */
export function addUp(
	orders: readonly Order[],
	refunds: readonly Refund[] | undefined,
	groupOf: (order: Order) => string | null,
): Statistics[] {
	const groups = new Map<string, Order[]>();
	for (const order of orders) {
		const key = JSON.stringify([order.currency, groupOf(order)]);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [order]);
		else group.push(order);
	}
	return [...groups]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([, group]) => sumsOf(group, refunds, groupOf(group[0])));
}

function sumsOf(
	orders: readonly Order[],
	refunds: readonly Refund[] | undefined,
	group: string | null,
): Statistics {
	const paid = orders.filter(({ isPaid }) => isPaid);
	const open = orders.filter(
		({ status }) => status !== 'unknown' && orderPhase(status) === 'pending',
	);
	const received = sumOf(paid.map(({ actualAmount, amount }) => actualAmount ?? amount));
	const ids = new Set(orders.map(({ tradeId }) => tradeId));
	const sentBack = refunds
		?.filter(({ status, tradeId }) => status === 'succeeded' && ids.has(tradeId))
		.map(({ amount }) => amount);
	const refunded = sentBack && sumOf(sentBack);
	return {
		currency: orders[0].currency,
		group,
		totalCount: orders.length,
		totalAmount: sumOf(orders.map(({ amount }) => amount)).toString(),
		paidCount: paid.length,
		paidAmount: received.toString(),
		openCount: open.length,
		openAmount: sumOf(open.map(({ actualAmount, amount }) => actualAmount ?? amount)).toString(),
		refundedAmount: refunded?.toString() ?? null,
		netAmount: refunded === undefined ? null : received.minus(refunded).toString(),
	};
}

function sumOf(amounts: ReadonlyArray<string | null>): Decimal {
	return amounts.reduce(
		(sum, amount) => sum.plus(Decimal.parse(amount) ?? Decimal.zero),
		Decimal.zero,
	);
}

/** The sums that PonponPay tells of one currency, in the same shape; of open orders it tells nothing. */
export function toldOfCurrency(
	currency: string | null,
	group: string | null,
	{ totalCount, totalAmount, paidCount, paidAmount, refundedAmount }: ToldStatistics,
): Statistics {
	const [received, refunded] = [Decimal.parse(paidAmount), Decimal.parse(refundedAmount)];
	const net = received && refunded && received.minus(refunded);
	return {
		currency,
		group,
		totalCount,
		totalAmount,
		paidCount,
		paidAmount,
		openCount: null,
		openAmount: null,
		refundedAmount,
		netAmount: net?.toString() ?? null,
	};
}
