import type { Outcome } from './failure';
import type { RetryEnvironment } from './retry';

/** Most requests of one execution at once, unless the user says otherwise. */
export const DEFAULT_CONCURRENCY = 32;

const FIRST_LIMIT = 8;
/** How long everyone waits after a 429 that does not say for how long, in milliseconds. */
const PAUSE_MS = 1000;

/**
 * How many requests of one execution are under way at once.
 *
 * Starts low and doubles with every undisturbed round up to the cap. PonponPay's limits are not published: a 429 halves
 * the number, after which it grows by one a round, and everyone waits as long as PonponPay asks.
 */
export class Pacer {
	private limit: number;
	private hasBeenSlowed = false;
	private underWay = 0;
	private quietInRound = 0;
	private pausedUntil = 0;
	private readonly queue: Array<() => void> = [];

	/** @param cap most requests at once; 1 means strictly one after another */
	constructor(
		readonly cap: number,
		private readonly environment: Pick<RetryEnvironment, 'now' | 'wait' | 'isCancelled'>,
	) {
		this.limit = Math.min(cap, FIRST_LIMIT);
	}

	/** Sends when it is this request's turn. */
	async run<T>(send: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
		await this.enter();
		try {
			const outcome = await send();
			this.learn(outcome);
			return outcome;
		} finally {
			this.leave();
		}
	}

	private async enter(): Promise<void> {
		if (this.underWay >= this.limit) {
			await new Promise<void>((resolve) => this.queue.push(resolve));
		}
		this.underWay += 1;
		while (!this.environment.isCancelled()) {
			const pause = this.pausedUntil - this.environment.now();
			if (pause <= 0) return;
			await this.environment.wait(pause);
		}
	}

	private leave(): void {
		this.underWay -= 1;
		for (let free = this.limit - this.underWay; free > 0; free -= 1) this.queue.shift()?.();
	}

	private learn<T>({ failure }: Outcome<T>): void {
		if (failure?.kind !== 'rateLimited') {
			this.quietInRound += 1;
			if (this.quietInRound >= this.limit) this.grow();
			return;
		}
		this.quietInRound = 0;
		const isNewPause = this.pausedUntil <= this.environment.now();
		const pause = failure.details.retryAfterMs ?? PAUSE_MS;
		this.pausedUntil = Math.max(this.pausedUntil, this.environment.now() + pause);
		// The answers of one overloaded round are one piece of news.
		if (isNewPause) this.limit = Math.max(1, Math.floor(this.limit / 2));
		this.hasBeenSlowed = true;
	}

	private grow(): void {
		this.quietInRound = 0;
		const larger = this.hasBeenSlowed ? this.limit + 1 : this.limit * 2;
		this.limit = Math.min(this.cap, larger);
	}
}
