/**
 * Orders that are known to be paid, so that a late "expired" or "cancelled" about one of them is recognised.
 *
 * Bounded: the oldest is forgotten.
 */
export class PaidOrders {
	private readonly keys = new Set<string>();

	/** @param capacity most orders held at once */
	constructor(private readonly capacity = 10_000) {}

	add(orderKey: string): void {
		this.keys.delete(orderKey);
		this.keys.add(orderKey);
		for (const oldest of this.keys) {
			if (this.keys.size <= this.capacity) return;
			this.keys.delete(oldest);
		}
	}

	has(orderKey: string): boolean {
		return this.keys.has(orderKey);
	}
}
