import { sum, type Amount } from '../money.mts';
import { amountReceived, type Order } from './orders.mts';
import type { Refunds } from './refunds.mts';
import { isPaid } from './status.mts';

export type Grouping = 'day' | 'currency' | 'network';

export interface Totals {
	/** Every order, paid or not. */
	readonly totalCount: number;
	readonly totalAmount: Amount;
	readonly paidCount: number;
	/** What was received, suffixes included. */
	readonly paidAmount: Amount;
	/** What was given back; refunds that are still on their way are not. */
	readonly refundedAmount: Amount;
}

export interface Statistics extends Totals {
	readonly groups: ReadonlyArray<{ readonly key: string } & Totals>;
}

/** Counted anew each time: there is no second book that could disagree. */
export function statistics(
	orders: readonly Order[],
	refunds: Refunds,
	grouping: Grouping | undefined,
): Statistics {
	if (!grouping) return { ...totals(orders, refunds), groups: [] };
	const byKey = new Map<string, Order[]>();
	for (const order of orders) {
		const key = keyOf(order, grouping);
		const group = byKey.get(key);
		if (group) group.push(order);
		else byKey.set(key, [order]);
	}
	const groups = [...byKey]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([key, group]) => ({ key, ...totals(group, refunds) }));
	return { ...totals(orders, refunds), groups };
}

/** Days are those of UTC; an order whose customer has chosen no method has an empty currency and network. */
function keyOf({ createdAt, method }: Order, grouping: Grouping): string {
	if (grouping === 'day') return new Date(createdAt * 1000).toISOString().slice(0, 10);
	return method?.[grouping] ?? '';
}

function totals(orders: readonly Order[], refunds: Refunds): Totals {
	const paid = orders.filter(({ status }) => isPaid(status));
	const succeeded = orders
		.flatMap((order) => refunds.ofOrder(order))
		.filter(({ status }) => status === 'succeeded');
	return {
		totalCount: orders.length,
		totalAmount: sum(orders.map(({ amount }) => amount)),
		paidCount: paid.length,
		paidAmount: sum(paid.map(amountReceived)),
		refundedAmount: sum(succeeded.map(({ amount }) => amount)),
	};
}
