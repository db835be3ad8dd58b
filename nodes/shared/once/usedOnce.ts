/** Longer than a signature can be fresh: the tolerance before and after, and a reserve. In milliseconds. */
export const REMEMBER_MS = 660_000;

/**
 * What may be used once, such as the nonce of a delivery: claimed by the first who comes, and released where nothing came
 * of it.
 *
 * A nonce is to be claimed only when its signature is proven; a forger could otherwise use up a real one. When full, it
 * refuses what is new instead of forgetting what is old: forgetting would let a delivery in twice.
 */
export class UsedOnce<Note = undefined> {
	/** In the order they expire, because all live equally long. */
	private readonly claims = new Map<string, { readonly expiry: number; readonly note?: Note }>();
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
		return this.claims.size;
	}

	/**
	 * The answer is final and immediate, so that of two who claim the same at once one is refused.
	 *
	 * @param note what the first leaves for those who come after it
	 */
	claim(key: string, note?: Note): 'first' | 'used' | 'full' {
		const now = this.now();
		this.forgetExpired(now);
		if (this.claims.has(key)) return 'used';
		if (this.claims.size >= this.capacity) return 'full';
		this.claims.set(key, { expiry: now + REMEMBER_MS, note });
		return 'first';
	}

	/** What the first who claimed it has left. */
	noteOf(key: string): Note | undefined {
		return this.claims.get(key)?.note;
	}

	/** Gives it back: whoever comes next is the first again. */
	release(key: string): void {
		this.claims.delete(key);
	}

	private forgetExpired(now: number): void {
		if (now < this.nextExpiry) return;
		for (const [key, { expiry }] of this.claims) {
			this.nextExpiry = expiry;
			if (expiry > now) return;
			this.claims.delete(key);
		}
		this.nextExpiry = now + REMEMBER_MS;
	}
}
