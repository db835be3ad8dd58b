import type { ApiFailure, FailureKind, Outcome } from './failure';
import { Pace } from './pace';
import type { RetryEnvironment } from './retry';

/** How long everyone waits after a 429 that does not say for how long, in milliseconds. */
const PAUSE_MS = 1000;

/** The failures that show how long the service takes: its refusals, and answers that were waited for in vain. */
const TIMED: ReadonlySet<FailureKind> = new Set(['refused', 'interrupted']);

/**
 * The places for requests of one execution: as many as its pace allows, and never more than the user does.
 *
 * After a 429 everyone waits as long as PonponPay asks, or gives up at once where that is too long.
 */
export class Pacer {
	private underWay = 0;
	private pausedUntil = 0;
	private readonly queue: Array<() => void> = [];

	/** Most requests at once. */
	readonly cap: number;

	/** @param cap most requests at once; 1, or anything that is less, means strictly one after another */
	constructor(
		cap: number,
		private readonly environment: Pick<RetryEnvironment, 'now' | 'wait' | 'isCancelled'>,
		private readonly pace = new Pace(),
	) {
		this.cap = cap >= 1 ? Math.floor(cap) : 1;
	}

	/** Most requests at once for now. */
	get limit(): number {
		return Math.min(this.cap, this.pace.limit);
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
			const begunAt = this.environment.now();
			const outcome = await send();
			this.learn(outcome, begunAt);
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

	private learn<T>({ failure }: Outcome<T>, begunAt: number): void {
		const now = this.environment.now();
		if (failure?.kind === 'rateLimited') {
			this.pausedUntil = Math.max(
				this.pausedUntil,
				now + (failure.details.retryAfterMs ?? PAUSE_MS),
			);
			this.pace.refused(begunAt, now, this.limit);
		} else if (failure === undefined || TIMED.has(failure.kind)) {
			this.pace.answered(begunAt, now, this.underWay);
		}
	}
}
