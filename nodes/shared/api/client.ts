import { stringifyRequest, type RequestBody } from '../model/json';
import { isPerhapsMissingRoute, readAnswer, type Reply } from './answer';
import {
	ENDPOINTS,
	endpointAt,
	isRepeatable,
	type AnswerOf,
	type Endpoint,
	type EndpointName,
	type EndpointsOf,
} from './endpoints';
import { ApiFailure, isNotFound, isUnclear, type FailureKind, type Outcome } from './failure';
import { NO_LIMITS, requireAllowed, requirePathAllowed, type Limits } from './limits';
import { DEFAULT_CONCURRENCY } from './pace';
import { Pacer } from './pacer';
import type { Answer, Shape } from './shapes/shape';
import { ANYTHING } from './shapes/table';
import { Routes } from './routes';
import { retry, type RetryEnvironment, type RetryPolicy } from './retry';

/** What goes over the wire. The transport adds the key. */
export type ApiRequest = {
	method: 'GET' | 'POST';
	url: string;
	/** JSON; empty where the method is GET. */
	body: string;
	/** Besides those that every request has. */
	headers?: Readonly<Record<string, string>>;
	timeoutMs: number;
};

/** Everything that a client sends with. */
export type Connection = {
	/** Scheme and host, without a trailing slash. */
	readonly host: string;
	readonly transport: Transport;
	readonly policy: RetryPolicy;
	readonly environment: RetryEnvironment;
	readonly pacer: Pacer;
	readonly limits: Limits;
};

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
export type OnceVerdict = 'done' | 'notDone' | { conflict: string };

/** The endpoints that answer a thing. */
export type ThingEndpoint = EndpointsOf<Answer<unknown>>;

/** The thing that an endpoint answers. */
type ThingOf<N extends ThingEndpoint> = AnswerOf<N> extends Answer<infer T> ? T : never;

/** A request that must have its effect exactly once. */
export type OnceRequest<N extends ThingEndpoint = ThingEndpoint> = {
	endpoint: N;
	body: RequestBody;
	/** The id by which PonponPay knows the thing; for a create an id of ours, which the body carries too. */
	id: string;
	/** How to see the present state. */
	lookUp: { endpoint: EndpointsOf<AnswerOf<N>>; body: RequestBody };
	/** What the present state says. */
	judge(found: ThingOf<N>): OnceVerdict;
	/** Which refusals may come from an earlier try having been successful, so that a look tells more. */
	mayBeDone(refusal: ApiFailure): boolean;
	/** Called where the result had been there before this request was sent for the first time. */
	noteEarlier?(): void;
};

/** What is sent, and what its answer must prove to be. */
type Call<A> = {
	endpoint: Endpoint;
	asked: RequestBody;
	/** What is posted; absent: the request is a GET. */
	json?: string;
	/** What follows the path. */
	query?: string;
	shape: Shape<A>;
};

/** A request to a path of the user's own. */
export type OwnRequest = {
	/** Below `/api/v1/pay` or with it, with a slash at its beginning and none at its end. */
	path: string;
	/** What is posted, a JSON object; absent: the request is a GET. */
	json?: string;
	/** What follows the path, with its question mark. */
	query?: string;
	/** Whether the user says that repeating is harmless. */
	isRead: boolean;
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
		environment: RetryEnvironment,
		private readonly pacer: Pacer = new Pacer(DEFAULT_CONCURRENCY, environment),
		/** What the credential allows; kept to before anything is sent. */
		readonly limits: Limits = NO_LIMITS,
		private readonly routes: Routes = new Routes(),
	) {
		this.environment = {
			now: () => environment.now(),
			random: () => environment.random(),
			isCancelled: () => environment.isCancelled(),
			wait: async (milliseconds) => {
				this.resting += 1;
				await environment.wait(milliseconds).finally(() => (this.resting -= 1));
			},
		};
	}

	private readonly environment: RetryEnvironment;
	/** How many calls wait to be tried again, and so use no place of the pacer. */
	private resting = 0;

	/**
	 * By how many seconds PonponPay's clock is ahead of this computer's, as its last answer told; below zero: behind.
	 * `undefined` before the first answer, or where it names no time.
	 */
	get secondsAhead(): number | undefined {
		return this.clockDifference;
	}

	private clockDifference: number | undefined;

	/** Most requests under way at once. */
	get concurrency(): number {
		return this.pacer.cap;
	}

	/** How many items are worth working on now: an item that had to queue for its request would use up its time. */
	get width(): number {
		return Math.min(this.pacer.cap, this.pacer.limit + this.resting);
	}

	/**
	 * Asks an endpoint of the table, and gives its answer by its shape. A read is repeated while that can help; a change is
	 * repeated only when PonponPay surely did nothing (429).
	 *
	 * @throws ApiFailure, `unreadable` for an answer without its proof; NotAllowed, before anything is sent
	 */
	async ask<N extends EndpointName>(name: N, body: RequestBody = {}): Promise<AnswerOf<N>> {
		requireAllowed(this.limits, name, body);
		return await this.result(await this.attempt(callOf(name, body)));
	}

	/**
	 * Asks an endpoint of the table once, and repeats nothing, for who has to know which try was answered.
	 *
	 * @throws as {@link ask} does
	 */
	async askOnce<N extends EndpointName>(name: N, body: RequestBody): Promise<AnswerOf<N>> {
		requireAllowed(this.limits, name, body);
		const { totalMs } = this.policy;
		return await this.result(await this.attempt(callOf(name, body), totalMs, () => false));
	}

	/**
	 * Calls a path of the user's own, on the user's own account.
	 *
	 * @returns the envelope's `data`, `undefined` where there is none; the whole answer where it has no envelope
	 * @throws ApiFailure; NotAllowed, before anything is sent
	 */
	async callPath({ path, json, query, isRead }: OwnRequest): Promise<unknown> {
		const endpoint = endpointAt(path, isRead || json === undefined, ANYTHING);
		requirePathAllowed(this.limits, endpoint);
		return await this.result(
			await this.attempt({ endpoint, asked: {}, json, query, shape: ANYTHING }),
		);
	}

	/**
	 * Does something exactly once: creates above all.
	 *
	 * Never repeated blindly: after an unclear outcome, or a refusal that may come from an earlier try, the present state
	 * is looked up. Done: that is the result. Not done: sent again, a create with the same id.
	 *
	 * @returns the answer to the request or to the look-up
	 * @throws ApiFailure with `unclearId` when it stays unclear; `refused` when the id belongs to something different;
	 *   NotAllowed, before anything is sent
	 */
	async once<N extends ThingEndpoint>(request: OnceRequest<N>): Promise<AnswerOf<N>> {
		requireAllowed(this.limits, request.endpoint, request.body);
		const call = callOf(request.endpoint, request.body);
		// The table's types say that both endpoints answer the same kind of thing.
		const look = callOf<EndpointName>(request.lookUp.endpoint, request.lookUp.body) as Call<
			AnswerOf<N>
		>;
		const end = this.environment.now() + this.policy.totalMs;
		let wasUnclear = false;
		let isBlind = false;
		const outcome = await retry(
			async (timeoutMs) => {
				const sent = await this.sendOnce(call, timeoutMs);
				if (!sent.failure) return sent;
				const { failure } = sent;
				wasUnclear ||= isUnclear(failure);
				if (!isUnclear(failure) && !(failure.kind === 'refused' && request.mayBeDone(failure))) {
					return sent;
				}
				// Without a look nobody knows whether money moves: it gets its time even where all of it is used up.
				const leftMs = Math.max(this.policy.timeoutMs, end - this.environment.now());
				const seen = await this.attempt(look, leftMs);
				if (!seen.failure) {
					const concluded = this.conclude(request, failure, seen.data);
					if (!concluded.failure && !wasUnclear) request.noteEarlier?.();
					return concluded;
				}
				isBlind = !isNotFound(seen.failure);
				return sent;
			},
			(failure) => !isBlind && (failure.kind === 'rateLimited' || isUnclear(failure)),
			this.policy,
			this.environment,
		);
		if (!outcome.failure) return outcome.data;
		const stayedUnclear = isBlind || (wasUnclear && outcome.failure.kind !== 'refused');
		if (!stayedUnclear) return await this.result(outcome);
		throw outcome.failure.with({ unclearId: request.id });
	}

	private conclude<N extends ThingEndpoint>(
		request: OnceRequest<N>,
		failure: ApiFailure,
		found: AnswerOf<N>,
	): Outcome<AnswerOf<N>> {
		const verdict = request.judge((found as Answer<ThingOf<N>>).value);
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

	/** The answer. A key that is refused at an announced endpoint alone is a good key that may not do this. */
	private async result<A>(outcome: Outcome<A>): Promise<A> {
		if (!outcome.failure) return outcome.data;
		const { failure } = outcome;
		const isPerhapsHereAlone =
			failure.kind === 'unauthorized' && failure.details.endpoint.standing !== 'published';
		if (!isPerhapsHereAlone || !(await this.isKeyAccepted())) throw failure;
		throw failure.with({ kind: 'notOffered', isKeyAccepted: true });
	}

	/** What has ever been answered with this key tells; else the one endpoint that every key may ask. */
	private async isKeyAccepted(): Promise<boolean> {
		if (!this.hasSucceeded) await this.attempt(callOf('merchantDetail', {}));
		return this.hasSucceeded;
	}

	private hasSucceeded = false;

	/** Whether anybody has ever been there, so that a connection that is refused is no sign of a wrong address. */
	private wasReached = false;

	private isReadWorthRepeating({ kind }: ApiFailure): boolean {
		return REPEATABLE_READ.has(kind) || (kind === 'unreachable' && this.wasReached);
	}

	private async attempt<A>(
		call: Call<A>,
		totalMs = this.policy.totalMs,
		isWorthRepeating = (failure: ApiFailure) =>
			failure.kind === 'rateLimited' ||
			(isRepeatable(call.endpoint) && this.isReadWorthRepeating(failure)),
	): Promise<Outcome<A>> {
		return await retry(
			async (timeoutMs) => await this.sendOnce(call, timeoutMs),
			isWorthRepeating,
			{ ...this.policy, totalMs },
			this.environment,
		);
	}

	private async sendOnce<A>(call: Call<A>, timeoutMs: number): Promise<Outcome<A>> {
		const { endpoint } = call;
		return await this.pacer.run(
			this.policy.totalMs,
			async () => await this.send(call, timeoutMs),
			(retryAfterMs) =>
				new ApiFailure({ kind: 'rateLimited', endpoint, host: this.host, retryAfterMs }),
		);
	}

	/**
	 * Sends to the path that this host is known to answer at, else to the canonical one. Only "no such route" leads to the
	 * other one: it says that nothing was done.
	 */
	private async send<A>(call: Call<A>, timeoutMs: number): Promise<Outcome<A>> {
		const { endpoint } = call;
		const [first, second] = this.routes.of(this.host, endpoint);
		const outcome = await this.sendTo(first, call, timeoutMs);
		if (second === undefined) return outcome;
		const isKnown = this.routes.isKnown(this.host, endpoint, first);
		if (isRoute(outcome)) this.routes.keep(this.host, endpoint, first);
		const isGone = outcome.failure?.kind === 'notOffered';
		if (!isGone && (isKnown || !outcome.failure || !isPerhapsMissingRoute(outcome.failure))) {
			return outcome;
		}
		const other = await this.sendTo(second, call, timeoutMs);
		if (isRoute(other)) this.routes.keep(this.host, endpoint, second);
		if (other.failure?.kind !== 'notOffered') return other;
		return isGone ? { failure: other.failure.with({ endpoint }) } : outcome;
	}

	private async sendTo<A>(
		path: string,
		{ endpoint, asked, json, query = '', shape }: Call<A>,
		timeoutMs: number,
	): Promise<Outcome<A>> {
		const asSent = { ...endpoint, path };
		if (this.environment.isCancelled()) {
			return { failure: new ApiFailure({ kind: 'cancelled', endpoint: asSent, host: this.host }) };
		}
		const result = await this.transport({
			method: json === undefined ? 'GET' : 'POST',
			url: this.host + path + query,
			body: json ?? '',
			timeoutMs,
		});
		if ('reply' in result) this.compareClocks(result.reply.headers.date);
		this.wasReached ||= 'reply' in result || result.fault.kind === 'interrupted';
		const outcome =
			'fault' in result
				? { failure: new ApiFailure({ endpoint: asSent, ...result.fault }) }
				: readAnswer(asSent, result.reply, this.environment.now(), asked, shape);
		if (outcome.failure) return { failure: outcome.failure.with({ host: this.host }) };
		this.hasSucceeded = true;
		return outcome;
	}

	/** @param date the header by which every HTTP server tells its time */
	private compareClocks(date: unknown): void {
		const theirs = typeof date === 'string' ? Date.parse(date) : NaN;
		this.clockDifference = Number.isNaN(theirs)
			? undefined
			: Math.round((theirs - this.environment.now()) / 1000);
	}
}

/** Whether somebody has answered who knows the endpoint. */
function isRoute<A>({ failure }: Outcome<A>): boolean {
	if (failure === undefined || failure.kind === 'mismatch') return true;
	return failure.kind === 'refused' && !isPerhapsMissingRoute(failure);
}

function callOf<N extends EndpointName>(name: N, asked: RequestBody): Call<AnswerOf<N>> {
	const endpoint = ENDPOINTS[name] as Endpoint<AnswerOf<N>>;
	return { endpoint, asked, json: stringifyRequest(asked), shape: endpoint.answers };
}
