import type { ApiFailure, Outcome } from './failure';

/** How long a call is worth trying. */
export type RetryPolicy = {
	/** How often a request is sent at the most, the first time included. */
	mostTries: number;
	/** After this many milliseconds no further try is started. */
	totalMs: number;
	/** How long one request may take, in milliseconds. */
	timeoutMs: number;
};

/** Where the user chooses nothing under Options. PonponPay publishes no limits to go by. */
export const DEFAULT_RETRY: RetryPolicy = { mostTries: 6, totalMs: 60_000, timeoutMs: 20_000 };

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Time and chance, handed in so that a test needs neither. */
export type RetryEnvironment = {
	/** Unix milliseconds. */
	now(): number;
	/** Resolves after so many milliseconds, or as soon as the execution is cancelled. */
	wait(milliseconds: number): Promise<void>;
	isCancelled(): boolean;
	/** From 0 up to, not including, 1. */
	random(): number;
};

/**
 * Tries until there is a result, a failure not worth repeating, or no time or tries left.
 *
 * Waits with exponential backoff and full jitter (a random part of 250 ms, 500 ms, 1 s … 10 s), or as long as
 * PonponPay's `Retry-After` asks. A `Retry-After` beyond the time that is left ends the tries at once.
 *
 * @param attempt one try; gets the milliseconds it may take
 * @param isWorthRepeating whether another try could help and can do no harm
 * @returns the last outcome; a failure tells how often and how long it was tried
 */
export async function retry<T>(
	attempt: (timeoutMs: number) => Promise<Outcome<T>>,
	isWorthRepeating: (failure: ApiFailure) => boolean,
	policy: RetryPolicy,
	environment: RetryEnvironment,
): Promise<Outcome<T>> {
	const start = environment.now();
	for (let tries = 1; ; tries += 1) {
		const left = Math.max(1, policy.totalMs - (environment.now() - start));
		const outcome = await attempt(Math.min(policy.timeoutMs, left));
		if (!outcome.failure) return outcome;
		const triedForMs = environment.now() - start;
		const wait = waitBeforeTry(tries, outcome.failure, environment.random());
		const isLast =
			tries >= policy.mostTries ||
			triedForMs + wait >= policy.totalMs ||
			environment.isCancelled() ||
			!isWorthRepeating(outcome.failure);
		if (isLast) return { failure: outcome.failure.with({ tries, triedForMs }) };
		await environment.wait(wait);
		if (environment.isCancelled()) {
			return { failure: outcome.failure.with({ kind: 'cancelled', tries, triedForMs }) };
		}
	}
}

function waitBeforeTry(tries: number, failure: ApiFailure, random: number): number {
	const backoff = random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
	return Math.max(backoff, failure.details.retryAfterMs ?? 0);
}
