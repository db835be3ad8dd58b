import { stringifyRequest, type RequestBody } from '../model/json';
import { readAnswer, type Reply } from './answer';
import { API_PREFIX, ENDPOINTS, type Endpoint, type EndpointName } from './endpoints';
import { ApiFailure, isNotFound, isUnclear, type FailureKind, type Outcome } from './failure';
import { NO_LIMITS, requireAllowed, requirePathAllowed, type Limits } from './limits';
import { DEFAULT_CONCURRENCY, Pacer } from './pacer';
import { retry, type RetryEnvironment, type RetryPolicy } from './retry';

/** What goes over the wire. The transport adds the key. */
export type ApiRequest = { url: string; body: string; timeoutMs: number };

/** A connection that failed before an answer was complete. */
export type ConnectionFault = {
	kind: Extract<FailureKind, 'unreachable' | 'interrupted'>;
	/** A short code such as ECONNRESET. */
	detail: string;
};

/** Sends one request once. Follows no redirect and throws nothing. */
export type Transport = (
	request: ApiRequest,
) => Promise<{ reply: Reply } | { fault: ConnectionFault }>;

/**
 * What the present state says about a request whose outcome is in question: it was done (now or by an earlier try), not
 * (yet), or the state belongs to something else, told in words.
 */
export type Verdict = 'done' | 'notDone' | { conflict: string };

/** A request that must have its effect exactly once. */
export type OnceRequest = {
	endpoint: EndpointName;
	body: RequestBody;
	/** The id by which PonponPay knows the thing; for a create an id of ours, which the body carries too. */
	id: string;
	/** How to see the present state. */
	lookUp: { endpoint: EndpointName; body: RequestBody };
	/** What the present state says. */
	judge(found: unknown): Verdict;
	/** Which refusals may come from an earlier try having been successful, so that a look tells more. */
	mayBeDone(refusal: ApiFailure): boolean;
};

const REPEATABLE_READ: ReadonlySet<FailureKind> = new Set([
	'rateLimited',
	'unavailable',
	'interrupted',
	'unreadable',
]);

/**
 * The one way to PonponPay: endpoint, envelope, retry, and what must happen once.
 *
 * Knows nothing of n8n: a {@link Transport} sends, a {@link RetryEnvironment} waits.
 */
export class PonponPayClient {
	constructor(
		/** Scheme and host, without a trailing slash. */
		readonly host: string,
		private readonly transport: Transport,
		private readonly policy: RetryPolicy,
		private readonly environment: RetryEnvironment,
		private readonly pacer: Pacer = new Pacer(DEFAULT_CONCURRENCY, environment),
		/** What the credential allows; kept to before anything is sent. */
		readonly limits: Limits = NO_LIMITS,
	) {}

	/**
	 * By how many seconds PonponPay's clock is ahead of this computer's, as its last answer told; below zero: behind.
	 * `undefined` before the first answer, or where it names no time.
	 */
	get secondsAhead(): number | undefined {
		return this.clockDifference;
	}

	private clockDifference: number | undefined;

	/** How many requests may be under way at once. */
	get concurrency(): number {
		return this.pacer.cap;
	}

	/**
	 * Calls an endpoint. A read is repeated while that can help; a change is repeated only when PonponPay surely did
	 * nothing (429).
	 *
	 * @returns the envelope's `data`
	 * @throws ApiFailure; NotAllowed, before anything is sent
	 */
	async call(name: EndpointName, body: RequestBody = {}): Promise<unknown> {
		requireAllowed(this.limits, name, body);
		const outcome = await this.attempt(ENDPOINTS[name], stringifyRequest(body));
		if (outcome.failure) throw outcome.failure;
		return outcome.data;
	}

	/**
	 * Calls an endpoint that is not in the table, on the user's own account.
	 *
	 * @param path below the API prefix, with a leading slash
	 * @param json the body, a JSON object
	 * @param isRead whether repeating is harmless
	 * @returns the envelope's `data`, `undefined` where there is none
	 * @throws ApiFailure; NotAllowed, before anything is sent
	 */
	async callPath(path: string, json: string, isRead: boolean): Promise<unknown> {
		requirePathAllowed(this.limits, path);
		const effect = isRead ? 'read' : 'change';
		const endpoint: Endpoint = { path, standing: 'inferred', effect, hasData: false };
		const outcome = await this.attempt(endpoint, json);
		if (outcome.failure) throw outcome.failure;
		return outcome.data;
	}

	/**
	 * Does something exactly once: creates above all.
	 *
	 * Never repeated blindly: after an unclear outcome, or a refusal that may come from an earlier try, the present state
	 * is looked up. Done: that is the result. Not done: sent again, a create with the same id.
	 *
	 * @returns the envelope's `data` of the request or of the look-up
	 * @throws ApiFailure with `unclearId` when it stays unclear; `refused` when the id belongs to something different;
	 *   NotAllowed, before anything is sent
	 */
	async once(request: OnceRequest): Promise<unknown> {
		requireAllowed(this.limits, request.endpoint, request.body);
		const endpoint = ENDPOINTS[request.endpoint];
		const body = stringifyRequest(request.body);
		const end = this.environment.now() + this.policy.totalMs;
		let wasUnclear = false;
		let isBlind = false;
		const outcome = await retry(
			async (timeoutMs) => {
				const sent = await this.sendOnce(endpoint, body, timeoutMs);
				if (!sent.failure) return sent;
				const { failure } = sent;
				wasUnclear ||= isUnclear(failure);
				if (!isUnclear(failure) && !(failure.kind === 'refused' && request.mayBeDone(failure))) {
					return sent;
				}
				const lookUp = ENDPOINTS[request.lookUp.endpoint];
				// Without a look nobody knows whether money moves: it gets its time even where all of it is used up.
				const leftMs = Math.max(this.policy.timeoutMs, end - this.environment.now());
				const seen = await this.attempt(lookUp, stringifyRequest(request.lookUp.body), leftMs);
				if (!seen.failure) return this.conclude(request, failure, seen.data);
				isBlind = !isNotFound(seen.failure);
				return sent;
			},
			(failure) => !isBlind && (failure.kind === 'rateLimited' || isUnclear(failure)),
			this.policy,
			this.environment,
		);
		if (!outcome.failure) return outcome.data;
		const stayedUnclear = isBlind || (wasUnclear && outcome.failure.kind !== 'refused');
		throw stayedUnclear ? outcome.failure.with({ unclearId: request.id }) : outcome.failure;
	}

	private conclude(request: OnceRequest, failure: ApiFailure, found: unknown): Outcome<unknown> {
		const verdict = request.judge(found);
		if (verdict === 'done') return { data: found };
		if (verdict === 'notDone') return { failure };
		return {
			failure: new ApiFailure({
				kind: 'refused',
				endpoint: ENDPOINTS[request.endpoint],
				host: this.host,
				detail: `the ID ${request.id} already belongs to something else: ${verdict.conflict}`,
			}),
		};
	}

	private async attempt(
		endpoint: Endpoint,
		body: string,
		totalMs = this.policy.totalMs,
	): Promise<Outcome<unknown>> {
		return await retry(
			async (timeoutMs) => await this.sendOnce(endpoint, body, timeoutMs),
			({ kind }) =>
				kind === 'rateLimited' || (endpoint.effect === 'read' && REPEATABLE_READ.has(kind)),
			{ ...this.policy, totalMs },
			this.environment,
		);
	}

	private async sendOnce(
		endpoint: Endpoint,
		body: string,
		timeoutMs: number,
	): Promise<Outcome<unknown>> {
		return await this.pacer.run(
			this.policy.totalMs,
			async () => await this.send(endpoint, body, timeoutMs),
			(retryAfterMs) =>
				new ApiFailure({ kind: 'rateLimited', endpoint, host: this.host, retryAfterMs }),
		);
	}

	private async send(
		endpoint: Endpoint,
		body: string,
		timeoutMs: number,
	): Promise<Outcome<unknown>> {
		if (this.environment.isCancelled()) {
			return { failure: new ApiFailure({ kind: 'cancelled', endpoint, host: this.host }) };
		}
		const result = await this.transport({
			url: this.host + API_PREFIX + endpoint.path,
			body,
			timeoutMs,
		});
		if ('reply' in result) this.compareClocks(result.reply.headers.date);
		const outcome =
			'fault' in result
				? { failure: new ApiFailure({ endpoint, ...result.fault }) }
				: readAnswer(endpoint, result.reply, this.environment.now());
		return outcome.failure ? { failure: outcome.failure.with({ host: this.host }) } : outcome;
	}

	/** @param date the header by which every HTTP server tells its time */
	private compareClocks(date: unknown): void {
		const theirs = typeof date === 'string' ? Date.parse(date) : NaN;
		this.clockDifference = Number.isNaN(theirs)
			? undefined
			: Math.round((theirs - this.environment.now()) / 1000);
	}
}
