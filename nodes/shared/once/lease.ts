import { sleep } from 'n8n-workflow';

import type { Claims } from '../n8n/claimStore';

/** A lease that is not renewed ends after one to two of these, unless another time is given. In milliseconds. */
export const WINDOW_MS = 5 * 60_000;

/** One that is renewed for longer is of an execution that has stalled, and must let the next one in. In milliseconds. */
export const LONGEST_LEASE_MS = 60 * 60_000;

/** No timer is left behind for longer. */
const NAP_MS = 1000;

/**
 * A claim for as long as its owner lives: renewed until it is given back, or for {@link LONGEST_LEASE_MS}, and over one to two
 * windows after its process was killed.
 *
 * n8n's store keeps no times, so each window has a key of its own. Of two that begin on either side of a border at
 * least one sees the other.
 */
export class Lease {
	private readonly held = new Set<string>();
	private isOver = false;
	private end = () => {};
	private readonly ended = new Promise<void>((resolve) => (this.end = resolve));

	/**
	 * @param now Unix milliseconds
	 * @param nap ends after so many milliseconds
	 * @param windowMs after one to two of these a lease ends that is not renewed
	 */
	constructor(
		private readonly store: Claims,
		private readonly key: string,
		private readonly owner: string,
		private readonly now: () => number,
		private readonly nap: (milliseconds: number) => Promise<void> = sleep,
		private readonly windowMs = WINDOW_MS,
	) {}

	/**
	 * Takes it, and begins to renew it.
	 *
	 * @returns `false` while it is another's
	 * @throws whatever n8n says when its database cannot be asked
	 */
	async take(): Promise<boolean> {
		const window = this.window();
		if ((await this.store.claim(this.keyAt(window), this.owner)) === 'taken') return false;
		this.held.add(this.keyAt(window));
		for (const neighbour of [window - 1, window + 1]) {
			if (!(await this.isOthers(neighbour))) continue;
			await this.release();
			return false;
		}
		void this.renew(window);
		return true;
	}

	/** Gives it back, so that the next one may take it at once. */
	async release(): Promise<void> {
		this.isOver = true;
		this.end();
		for (const key of this.held) await this.store.release(key);
		this.held.clear();
	}

	private async renew(taken: number): Promise<void> {
		const until = this.now() + LONGEST_LEASE_MS;
		let last = taken;
		for (;;) {
			await Promise.race([this.ended, this.nap(NAP_MS)]);
			if (this.isOver || this.now() >= until) return;
			const window = this.window();
			if (window === last) continue;
			const key = this.keyAt(window);
			const renewed = await this.store.claim(key, this.owner).catch(() => undefined);
			// Another one that looks whether it may begin has it for a moment, and a database that is away comes back.
			if (renewed !== 'mine') continue;
			this.held.add(key);
			last = window;
			if (this.isOver) await this.store.release(key).catch(() => {});
		}
	}

	private async isOthers(window: number): Promise<boolean> {
		const key = this.keyAt(window);
		if (!(await this.store.isClaimed(key))) return false;
		if ((await this.store.claim(key, this.owner)) === 'taken') return true;
		// It was given back in this moment, and is this owner's now.
		this.held.add(key);
		return false;
	}

	private window(): number {
		return Math.floor(this.now() / this.windowMs);
	}

	private keyAt(window: number): string {
		return `${this.key} begun ${window}`;
	}
}
