import { LruMap } from '../shared/lruMap';
import { orderKeys } from '../shared/model/eventIdentity';
import type { Order } from '../shared/model/order';

/**
 * What is known of orders beside what one delivery says: which two IDs are one order's, and which orders are paid, so that a
 * late "expired" or "cancelled" about one of them is recognised.
 *
 * Bounded: what was used longest ago is forgotten.
 */
export class KnownOrders {
	private readonly ownIds: LruMap<string>;
	private readonly paid: LruMap<true>;
	private readonly nameless: LruMap<true>;

	/** @param capacity most IDs held at once of each kind */
	constructor(capacity = 20_000) {
		this.ownIds = new LruMap(capacity);
		this.paid = new LruMap(capacity);
		this.nameless = new LruMap(capacity);
	}

	/** Remembers which IDs are one order's. */
	learn({ tradeId, merchantOrderId }: Order, environment: string): void {
		if (tradeId === null || merchantOrderId === null) return;
		for (const key of orderKeys({ tradeId, merchantOrderId: null }, environment)) {
			this.ownIds.set(key, merchantOrderId);
			this.nameless.delete(key);
		}
	}

	/** Remembers that PonponPay could not say which order of the merchant's this is. */
	noteNameless(order: Order, environment: string): void {
		for (const key of orderKeys(order, environment)) this.nameless.set(key, true);
	}

	/** Whether an order that is named by the merchant's own ID may be one of those. */
	get hasNameless(): boolean {
		return this.nameless.size > 0;
	}

	/** The order with the merchant's own ID, where a delivery has left it out and another has told it. */
	completed(order: Order, environment: string): Order {
		if (order.merchantOrderId !== null) return order;
		const [key] = orderKeys(order, environment);
		return { ...order, merchantOrderId: (key && this.ownIds.get(key)) ?? null };
	}

	notePaid(order: Order, environment: string): void {
		for (const key of orderKeys(order, environment)) this.paid.set(key, true);
	}

	isPaid(order: Order, environment: string): boolean {
		return orderKeys(order, environment).some((key) => this.paid.get(key));
	}
}
