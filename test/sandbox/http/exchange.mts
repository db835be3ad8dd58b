import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { enveloped, plain, type Answer } from './answer.mts';
import { describeFault, doesWork, type Fault, type FaultPlan } from './faults.mts';
import { missingRoute, type MissedRequest } from './missingRoute.mts';
import type { RequestLog } from './requestLog.mts';

/** Carries requests to the endpoints and answers back, over a network that may fail as planned. */
export class Exchange {
	private underway = 0;

	constructor(
		private readonly log: RequestLog,
		private readonly plan: FaultPlan,
	) {}

	/**
	 * One request, from its arrival to its answer or to whatever happens instead.
	 *
	 * @param work what the endpoint does
	 */
	async serve(
		endpoint: string,
		request: FastifyRequest,
		reply: FastifyReply,
		work: () => Answer | Promise<Answer>,
	): Promise<FastifyReply> {
		const body = bodyOf(request);
		const crowded = this.crowding();
		const fault = crowded ?? this.plan.next(endpoint, body);
		const entry = this.log.add({
			endpoint,
			method: request.method,
			path: request.url,
			headers: request.headers,
			body,
			status: undefined,
			code: undefined,
			workDone: false,
			fault: fault && describeFault(fault),
		});
		this.underway += 1;
		try {
			if (!crowded) await this.delay(fault);
			const done = doesWork(fault) ? await work() : undefined;
			entry.workDone = done !== undefined;
			entry.code = done?.code;
			const answer = whole(fault, done, missed(request));
			if (!answer) return breakOff(fault, done, reply);
			entry.status = answer.status;
			return await reply.code(answer.status).headers(answer.headers).send(answer.body);
		} finally {
			this.underway -= 1;
		}
	}

	private crowding(): Fault | undefined {
		if (this.underway < this.plan.mostAtOnce) return undefined;
		return { kind: 'status', status: 429, when: 'before', retryAfter: 1 };
	}

	private async delay(fault: Fault | undefined): Promise<void> {
		const ms = this.plan.latencyMs + (fault?.kind === 'delay' ? fault.ms : 0);
		if (ms > 0) await wait(ms, undefined, { ref: false });
	}
}

export function bodyOf({ body }: FastifyRequest): string {
	return typeof body === 'string' ? body : '';
}

export function missed({ method, url }: FastifyRequest): MissedRequest {
	return { method, path: url.split('?')[0] ?? url };
}

/** The answer that arrives in one piece, right or wrong; `undefined` where none does. */
function whole(
	fault: Fault | undefined,
	done: Answer | undefined,
	request: MissedRequest,
): Answer | undefined {
	switch (fault?.kind) {
		case 'status':
			return withRetryAfter(
				enveloped(fault.status, fault.status, reasonOf(fault.status), null),
				fault,
			);
		case 'raw':
			return plain(fault.status ?? 200, fault.contentType ?? 'application/json', fault.body);
		case 'redirect':
			return {
				...plain(fault.status ?? 307, 'text/plain', 'moved'),
				headers: { location: fault.location },
			};
		case 'missingRoute':
			return missingRoute(fault.form, request);
		case 'invalidJson':
			return done && { ...done, body: firstHalf(done.body) };
		case 'reset':
		case 'silence':
		case 'truncated':
		case 'stalled':
			return undefined;
		case 'delay':
		case undefined:
			return done;
	}
}

/** What happens on the connection where no whole answer arrives. */
function breakOff(
	fault: Fault | undefined,
	done: Answer | undefined,
	reply: FastifyReply,
): FastifyReply {
	reply.hijack();
	const { raw } = reply;
	if (fault?.kind === 'reset') {
		raw.socket?.resetAndDestroy();
	} else if (done && (fault?.kind === 'truncated' || fault?.kind === 'stalled')) {
		raw.writeHead(done.status, { ...done.headers, 'content-length': Buffer.byteLength(done.body) });
		raw.write(firstHalf(done.body), () => {
			if (fault.kind === 'truncated') raw.socket?.destroy();
		});
	}
	return reply;
}

function firstHalf(text: string): string {
	return text.slice(0, Math.floor(text.length / 2));
}

function withRetryAfter(
	answer: Answer,
	{ retryAfter }: { retryAfter?: number | { date: number } },
): Answer {
	if (retryAfter === undefined) return answer;
	const value =
		typeof retryAfter === 'number'
			? String(retryAfter)
			: new Date(Date.now() + retryAfter.date * 1000).toUTCString();
	return { ...answer, headers: { ...answer.headers, 'retry-after': value } };
}

function reasonOf(status: number): string {
	if (status === 429) return 'too many requests';
	return status >= 500 ? 'service unavailable' : `status ${status}`;
}
