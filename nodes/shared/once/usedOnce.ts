/** Longer than a signature can be fresh: the tolerance before and after, and a reserve. In milliseconds. */
export const REMEMBER_MS = 660_000;

/**
 * Which nonces have been used: each is accepted once.
 *
 * To be asked only about nonces whose signature is proven; a forger could otherwise use up a real one. When full, it
 * refuses what is new instead of forgetting what is old: forgetting would let a delivery in twice.
 */
export class NonceMemory {
	/** In the order they expire, because all live equally long. */
	private readonly expiries = new Map<string, number>();
	/** Nothing expires before this time. */
	private nextExpiry = 0;

	/**
	 * @param now Unix milliseconds
	 * @param capacity most nonces held at once; about 150 bytes each
	 */
	constructor(
		private readonly now: () => number,
		private readonly capacity = 50_000,
	) {}

	/** Uses a nonce. The answer is final and immediate, so that of two equal deliveries at once one is refused. */
	claim(nonceKey: string): 'first' | 'replayed' | 'full' {
		const now = this.now();
		this.forgetExpired(now);
		if (this.expiries.has(nonceKey)) return 'replayed';
		if (this.expiries.size >= this.capacity) return 'full';
		this.expiries.set(nonceKey, now + REMEMBER_MS);
		return 'first';
	}

	/** Gives a nonce back, because its delivery was not taken and may come again unchanged. */
	release(nonceKey: string): void {
		this.expiries.delete(nonceKey);
	}

	private forgetExpired(now: number): void {
		if (now < this.nextExpiry) return;
		for (const [nonceKey, expiry] of this.expiries) {
			this.nextExpiry = expiry;
			if (expiry > now) return;
			this.expiries.delete(nonceKey);
		}
		this.nextExpiry = now + REMEMBER_MS;
	}
}
