/** Most requests at once, unless the user says otherwise. */
export const DEFAULT_CONCURRENCY = 256;

const FIRST_LIMIT = 32;
/** Below this only a 429 shrinks the limit: so few are a burden to nobody, and their latency is mostly chance. */
const LEAST_LIMIT = 16;
/** From fewer answers no rise of the latency can be told from chance. */
const LEAST_ANSWERS = 32;
/** By how much the latency may exceed its best before the limit shrinks. */
const TOLERANCE = 1.1;
/** The same as long as the limit doubles: a burst of requests costs this n8n time, too, which looks like latency. */
const CLIMBING_TOLERANCE = 1.5;

/**
 * How many requests at once PonponPay takes well, as its answers show. PonponPay's own limits are not published.
 *
 * The rule is the gradient of adaptive concurrency limits (TCP Vegas; Netflix, "Performance Under Load", 2018): a service
 * that has room answers as fast as it can, and one that has none puts what is more into a queue. So by Little's law what
 * it serves at once is limit × best latency ÷ present latency. The limit doubles with each round of answers until the
 * latency rises; from then on it follows that product. A 429 halves it, after which it grows by one a round.
 *
 * Two additions make it steady where latencies scatter: only a rise by more than two standard errors counts, and a latency
 * that stays when the limit was halved is none of our doing, but the service's new best.
 */
export class Pace {
	private most = FIRST_LIMIT;
	private best = Infinity;
	private isClimbing = true;
	private hasBeenRefused = false;
	/** Requests that were begun before these times tell nothing new. */
	private changedAt = -Infinity;
	private refusedAt = -Infinity;
	private latencies: number[] = [];
	/** Where the limit began to shrink. */
	private descent: { limit: number; latency: number } | undefined;

	/** Most requests at once that seem good for the service. */
	get limit(): number {
		return this.most;
	}

	/** Whether a next execution does better with this than anew: a latency that has shrunk it may have been a bad moment's. */
	get isWorthKeeping(): boolean {
		return this.hasBeenRefused || this.most > FIRST_LIMIT;
	}

	/**
	 * Learns from an answer.
	 *
	 * @param begunAt when the request was begun, in Unix milliseconds like `now`
	 * @param underWay how many were under way; where that is less than half of the limit, the answer says nothing about it
	 */
	answered(begunAt: number, now: number, underWay: number): void {
		if (begunAt < this.changedAt || underWay < this.most / 2) return;
		this.latencies.push(Math.max(1, now - begunAt));
		if (this.latencies.length < this.roundLength) return;
		this.follow(this.latencies);
		this.beginRound(now);
	}

	/**
	 * Learns from a 429. Those of one overloaded round are one piece of news.
	 *
	 * @param allowed how many might be under way: the limit, or less where the user wants it
	 */
	refused(begunAt: number, now: number, allowed: number): void {
		if (begunAt <= this.refusedAt) return;
		this.refusedAt = now;
		this.hasBeenRefused = true;
		this.isClimbing = false;
		this.most = Math.max(1, Math.floor(allowed / 2));
		this.beginRound(now);
	}

	/** How many answers make a round. Doubling waits for half of what is under way, so that it takes one round trip. */
	private get roundLength(): number {
		if (this.isClimbing) return this.most / 2;
		return this.hasBeenRefused ? this.most : Math.max(2 * this.most, LEAST_ANSWERS);
	}

	private beginRound(now: number): void {
		this.changedAt = now;
		this.latencies = [];
	}

	private follow(latencies: readonly number[]): void {
		const { mean, error } = meanOf(latencies);
		this.best = Math.min(this.best, mean);
		const latency = Math.max(this.best, mean - 2 * error);
		const tolerance = this.isClimbing ? CLIMBING_TOLERANCE : TOLERANCE;
		if (latency <= tolerance * this.best) this.grow((TOLERANCE * this.best) / latency);
		else this.shrink((TOLERANCE * this.best) / latency, latency);
	}

	private grow(gradient: number): void {
		this.descent = undefined;
		const step = this.hasBeenRefused ? 1 : this.most * (this.isClimbing ? 1 : gradient - 1);
		this.most = Math.min(DEFAULT_CONCURRENCY, Math.ceil(this.most + step));
	}

	private shrink(gradient: number, latency: number): void {
		this.isClimbing = false;
		this.descent ??= { limit: this.most, latency };
		const hasHalved = this.most <= this.descent.limit / 2;
		if (hasHalved && latency > this.descent.latency * 0.75) {
			this.best = latency;
			this.descent = undefined;
			return;
		}
		const least = Math.min(this.most, LEAST_LIMIT);
		this.most = Math.max(least, Math.floor(this.most * Math.max(0.5, gradient)));
	}
}

/** @returns the mean, and its standard error */
function meanOf(values: readonly number[]): { mean: number; error: number } {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return { mean, error: Math.sqrt(squares) / values.length };
}
