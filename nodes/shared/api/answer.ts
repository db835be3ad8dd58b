import { parseJsonExactly } from '../model/json';
import { isWireObject, wireText, type WireObject } from '../model/wire';
import type { Endpoint } from './endpoints';
import { ApiFailure, type FailureDetails, type Outcome } from './failure';

/** An HTTP answer, unparsed. Header names in lower case. */
export type Reply = {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	body: string;
};

const LONGEST_DETAIL = 300;

/**
 * What an HTTP answer means (contract, sections 2 and 6): success is status 200 and `code === 0`, nothing else.
 *
 * @param now Unix milliseconds, for a `Retry-After` that is a date
 * @returns the envelope's `data`, or why there is none
 */
export function readAnswer(endpoint: Endpoint, reply: Reply, now: number): Outcome<unknown> {
	const envelope = parseEnvelope(reply.body);
	const fail = (kind: FailureDetails['kind'], more: Partial<FailureDetails> = {}) => ({
		failure: new ApiFailure({
			kind,
			endpoint,
			httpStatus: reply.status,
			code: codeOf(envelope),
			detail: vendorMessage(envelope),
			...more,
		}),
	});
	const { status } = reply;
	const retryAfterMs = retryAfter(reply.headers['retry-after'], now);
	if (status >= 300 && status < 400) return fail('redirected');
	if (status === 401 || status === 403) return fail('unauthorized');
	if (status === 429) return fail('rateLimited', { retryAfterMs });
	if (status >= 500) return fail('unavailable', { retryAfterMs });
	if (isUnknownRoute(status, envelope)) return fail('notOffered');
	const code = codeOf(envelope);
	if (envelope === undefined || code === undefined) {
		return fail('unreadable', { detail: unreadableBecause(reply, envelope) });
	}
	if (code !== 0) return fail('refused');
	if (status !== 200) return fail('unreadable', { detail: 'a success that is not PonponPay’s' });
	const hasData = envelope.data !== undefined && envelope.data !== null;
	if (endpoint.hasData && !hasData) return fail('unreadable', { detail: 'the answer has no data' });
	if (endpoint.createdId !== undefined && !hasMember(envelope.data, endpoint.createdId)) {
		return fail('unreadable', { detail: `the answer has no ${endpoint.createdId}` });
	}
	return { data: envelope.data };
}

function hasMember(data: unknown, name: string): boolean {
	return isWireObject(data) && wireText(data[name]) !== null;
}

function parseEnvelope(body: string): WireObject | undefined {
	try {
		const parsed = parseJsonExactly(body);
		return isWireObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function codeOf(envelope: WireObject | undefined): number | undefined {
	return typeof envelope?.code === 'number' ? envelope.code : undefined;
}

function vendorMessage(envelope: WireObject | undefined): string | undefined {
	const message = envelope?.message;
	return typeof message === 'string' && message !== ''
		? message.slice(0, LONGEST_DETAIL)
		: undefined;
}

const NO_SUCH_ROUTE = /route not found|no such route|unknown route/i;
/** A slash before the word would make it part of a path: "/order not found" speaks of a route. */
const NO_SUCH_THING =
	/(?<!\/)\b(order|transaction|refund|dispute|webhook|merchant) (is |was |does )?not (found|exist)/i;

/** A 404 can also be "order not found" in the vendor's own envelope: then its code or its words say so. */
function isUnknownRoute(status: number, envelope: WireObject | undefined): boolean {
	const code = codeOf(envelope);
	const message = vendorMessage(envelope) ?? '';
	if (NO_SUCH_ROUTE.test(message)) return true;
	if (code === 404 || code === 405) return !NO_SUCH_THING.test(message);
	return status === 405 || (status === 404 && (code === undefined || code === 0));
}

function unreadableBecause(reply: Reply, envelope: WireObject | undefined): string {
	if (envelope !== undefined) return 'the answer has no code';
	if (reply.body === '') return 'the answer is empty';
	return /^\s*</.test(reply.body) ? 'the answer is a web page' : 'the answer is not JSON';
}

/** `Retry-After` in seconds or as a date, as milliseconds from now. */
function retryAfter(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
