/** A map that holds only so many entries: beyond them it forgets the one that was used longest ago. */
export class LruMap<T> {
	/** In the order they were used. */
	private readonly entries = new Map<string, T>();
	private newest: string | undefined;

	/**
	 * @param capacity most entries held at once
	 * @param isUnderWay whether an entry must not be forgotten now, even if that exceeds the capacity
	 */
	constructor(
		readonly capacity: number,
		private readonly isUnderWay: (value: T) => boolean = () => false,
	) {}

	get size(): number {
		return this.entries.size;
	}

	get(key: string): T | undefined {
		const value = this.entries.get(key);
		if (value !== undefined) this.use(key, value);
		return value;
	}

	set(key: string, value: T): void {
		this.use(key, value);
		this.forget();
	}

	/** The entry under this key, made if there is none. */
	getOrMake(key: string, make: () => T): T {
		const known = this.get(key);
		if (known !== undefined) return known;
		const made = make();
		this.set(key, made);
		return made;
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	private use(key: string, value: T): void {
		// Where one is used again and again, which is usual, the order is right already.
		if (key !== this.newest) this.entries.delete(key);
		this.entries.set(key, value);
		this.newest = key;
	}

	private forget(): void {
		for (const [key, value] of this.entries) {
			if (this.entries.size <= this.capacity || key === this.newest) return;
			if (!this.isUnderWay(value)) this.entries.delete(key);
		}
	}
}
