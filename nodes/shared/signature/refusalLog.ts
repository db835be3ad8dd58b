import { LruMap } from '../lruMap';

/** One line for a cause in this time, in milliseconds: a flood of forgeries must not flood the log. */
export const PAUSE_MS = 60_000;

/** Decides which refusals are worth a line. Causes are few, because nothing the sender wrote is part of them. */
export class RefusalLog {
	private readonly lines: LruMap<{ at: number; untold: number }>;

	/**
	 * @param now Unix milliseconds
	 * @param capacity most causes remembered at once
	 */
	constructor(
		private readonly now: () => number,
		capacity = 100,
	) {
		this.lines = new LruMap(capacity);
	}

	/** How many causes are remembered. */
	get size(): number {
		return this.lines.size;
	}

	/** @returns how many of this cause went untold since the last line, or `undefined` if this one is to go untold too */
	note(cause: string): number | undefined {
		const last = this.lines.get(cause);
		if (last && this.now() - last.at < PAUSE_MS) {
			last.untold += 1;
			return undefined;
		}
		this.lines.set(cause, { at: this.now(), untold: 0 });
		return last?.untold ?? 0;
	}
}
