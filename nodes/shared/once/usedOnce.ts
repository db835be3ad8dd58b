/** Longer than a signature can be fresh: the tolerance before and after, and a reserve. In milliseconds. */
export const REMEMBER_MS = 660_000;

/**
 * What may be used once, such as the nonce of a delivery: claimed by the first who comes, and released where nothing came
 * of it.
 *
 * A nonce is to be claimed only when its signature is proven; a forger could otherwise use up a real one. When full, it
 * refuses what is new instead of forgetting what is old: forgetting would let a delivery in twice.
 */
export class UsedOnce {
	/** In the order they expire, because all live equally long. */
	private readonly expiries = new Map<string, number>();
	/** Nothing expires before this time. */
	private nextExpiry = 0;

	/**
	 * @param now Unix milliseconds
	 * @param capacity most keys held at once; about 150 bytes each
	 */
	constructor(
		private readonly now: () => number,
		private readonly capacity = 50_000,
	) {}

	/** How many are remembered as used. */
	get size(): number {
		this.forgetExpired(this.now());
		return this.expiries.size;
	}

	/** The answer is final and immediate, so that of two who claim the same at once one is refused. */
	claim(key: string): 'first' | 'used' | 'full' {
		const now = this.now();
		this.forgetExpired(now);
		if (this.expiries.has(key)) return 'used';
		if (this.expiries.size >= this.capacity) return 'full';
		this.expiries.set(key, now + REMEMBER_MS);
		return 'first';
	}

	/** Gives it back: whoever comes next is the first again. */
	release(key: string): void {
		this.expiries.delete(key);
	}

	private forgetExpired(now: number): void {
		if (now < this.nextExpiry) return;
		for (const [key, expiry] of this.expiries) {
			this.nextExpiry = expiry;
			if (expiry > now) return;
			this.expiries.delete(key);
		}
		this.nextExpiry = now + REMEMBER_MS;
	}
}
