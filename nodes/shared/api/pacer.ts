import type { ApiFailure, Outcome } from './failure';
import type { RetryEnvironment } from './retry';

/** Most requests of one execution at once, unless the user says otherwise. */
export const DEFAULT_CONCURRENCY = 64;

const FIRST_LIMIT = 16;
/** How long everyone waits after a 429 that does not say for how long, in milliseconds. */
const PAUSE_MS = 1000;

/**
 * How many requests of one execution are under way at once.
 *
 * Starts low and doubles with every undisturbed round up to the cap. PonponPay's limits are not published: a 429 halves
 * the number, after which it grows by one a round, and everyone waits as long as PonponPay asks, or gives up at once
 * where that is too long.
 */
export class Pacer {
	private limit: number;
	private hasBeenSlowed = false;
	private underWay = 0;
	private quietInRound = 0;
	private pausedUntil = 0;
	private readonly queue: Array<() => void> = [];

	/** Most requests at once. */
	readonly cap: number;

	/** @param cap most requests at once; 1, or anything that is less, means strictly one after another */
	constructor(
		cap: number,
		private readonly environment: Pick<RetryEnvironment, 'now' | 'wait' | 'isCancelled'>,
	) {
		this.cap = cap >= 1 ? Math.floor(cap) : 1;
		this.limit = Math.min(this.cap, FIRST_LIMIT);
	}

	/**
	 * Sends when it is this request's turn.
	 *
	 * @param patienceMs how long a pause may take that another request's 429 has caused
	 * @param tooLong makes the failure of a request that is not sent, because the pause takes longer
	 */
	async run<T>(
		patienceMs: number,
		send: () => Promise<Outcome<T>>,
		tooLong: (pauseMs: number) => ApiFailure,
	): Promise<Outcome<T>> {
		await this.enter();
		try {
			const pauseMs = await this.sitOutPause(patienceMs);
			if (pauseMs > 0) return { failure: tooLong(pauseMs) };
			const outcome = await send();
			this.learn(outcome);
			return outcome;
		} finally {
			this.leave();
		}
	}

	private async enter(): Promise<void> {
		if (this.underWay < this.limit) {
			this.underWay += 1;
		} else {
			await new Promise<void>((resolve) => this.queue.push(resolve));
		}
	}

	/** @returns how long the pause still takes, where that is too long to wait for */
	private async sitOutPause(patienceMs: number): Promise<number> {
		const end = this.environment.now() + patienceMs;
		while (!this.environment.isCancelled()) {
			const pauseMs = this.pausedUntil - this.environment.now();
			if (pauseMs <= 0) return 0;
			if (this.pausedUntil >= end) return pauseMs;
			await this.environment.wait(pauseMs);
		}
		return 0;
	}

	/** Hands the place over before anybody else can take it: the next in the queue counts as under way at once. */
	private leave(): void {
		this.underWay -= 1;
		while (this.underWay < this.limit && this.queue.length > 0) {
			this.underWay += 1;
			this.queue.shift()?.();
		}
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
