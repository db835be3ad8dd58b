import { parseJsonExactly, type RequestBody } from '../model/json';
import { isWireObject, type WireObject } from '../model/wire';
import type { Endpoint } from './endpoints';
import { ApiFailure, type FailureDetails, type FailureKind, type Outcome } from './failure';
import type { Shape } from './shapes/shape';

/** An HTTP answer, unparsed. Header names in lower case. */
export type Reply = {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	body: string;
};

const LONGEST_DETAIL = 300;

/**
 * What an HTTP answer means (contract, sections 2 and 6): success is status 200, `code === 0`, and the proof that the
 * answer is what was asked for; nothing else.
 *
 * @param now Unix milliseconds, for a `Retry-After` that is a date
 * @param asked the body of the request
 * @returns what the shape reads from the envelope's `data`, or why there is nothing
 */
export function readAnswer<A>(
	endpoint: Endpoint,
	reply: Reply,
	now: number,
	asked: RequestBody,
	shape: Shape<A>,
): Outcome<A> {
	const envelope = envelopeOf(endpoint, reply);
	const code = codeOf(envelope);
	const detail = reasonIn(envelope);
	const fail = (kind: FailureKind, more: Partial<FailureDetails> = {}) => ({
		failure: new ApiFailure({ kind, endpoint, httpStatus: reply.status, code, detail, ...more }),
	});
	const { status } = reply;
	const retryAfterMs = retryAfterOf(reply.headers, now);
	if (status >= 300 && status < 400) return fail('redirected');
	if (status === 403 && isWebPage(reply.body)) return fail('blocked');
	if (status === 401 || status === 403) return fail('unauthorized');
	if (status === 429) return fail('rateLimited', { retryAfterMs });
	if (status >= 500) return fail('unavailable', { retryAfterMs });
	if (isMissingRoute(endpoint, status, code, detail)) return fail('notOffered');
	if (envelope === undefined || code === undefined) {
		return fail('unreadable', { detail: unreadableBecause(reply, envelope) });
	}
	if (code !== 0) return fail(kindOfCode(code), { retryAfterMs });
	if (status !== 200) return fail('unreadable', { detail: 'a success that is not PonponPay’s' });
	const proven = shape.read(envelope.data, asked);
	if (proven === undefined) {
		const isEmpty = envelope.data === undefined || envelope.data === null;
		const because = isEmpty ? 'the answer has no data' : undefined;
		return fail('unreadable', { expected: shape.name, detail: because });
	}
	const difference = shape.differs?.(proven.answer, asked);
	if (difference !== undefined) return fail('mismatch', { detail: difference });
	return { data: proven.answer };
}

/** Not everything that PonponPay publishes has an envelope: at a path of the user's own the answer itself then counts. */
function envelopeOf({ standing }: Endpoint, { status, body }: Reply): WireObject | undefined {
	const parsed = parseEnvelope(body);
	const isBare = parsed !== undefined && !('code' in parsed);
	return isBare && standing === 'asked' && status === 200 ? { code: 0, data: parsed } : parsed;
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
	const code = envelope?.code;
	if (typeof code === 'number') return code;
	return typeof code === 'string' && /^-?\d{1,9}$/.test(code) ? Number(code) : undefined;
}

/** Why PonponPay refuses, under whichever of the usual names it says so. */
function reasonIn(envelope: WireObject | undefined): string | undefined {
	if (envelope === undefined) return undefined;
	const { message, msg, error, data } = envelope;
	const told = [message, msg, ...wordsOf(error), ...wordsOf(data)].filter(
		(text): text is string => typeof text === 'string' && text.trim() !== '',
	);
	const reason = told.find((text) => !SAYS_NOTHING.test(text)) ?? told.at(0);
	return reason?.slice(0, LONGEST_DETAIL);
}

/** Beside one of these another member may say why. */
const SAYS_NOTHING = /^\W*(error|fail(ed|ure)?|失败|错误)\W*$/i;

function wordsOf(member: unknown): unknown[] {
	return isWireObject(member) ? [member.message, member.msg] : [member];
}

/** The codes that say more than "no": PonponPay's own [P], those of HTTP, and those of GoFrame [I]. */
function kindOfCode(code: number): FailureKind {
	switch (code) {
		case 10002:
		case 61:
		case 401:
		case 403:
			return 'unauthorized';
		case 429:
			return 'rateLimited';
		case 50:
		case 63:
			return 'unavailable';
		default:
			return code >= 500 && code < 600 ? 'unavailable' : 'refused';
	}
}

/** The words of Go, Spring, Express and others, also in Chinese. */
const NO_SUCH_ROUTE =
	/route not found|no such route|unknown route|\bpage not found|method not allowed|no handler found|no static resource|\bcannot (get|post) \/|(endpoint|route|api|interface) (is |was |does )?not (found|exist|supported|implemented)|(接口|api|路由|路径|页面|请求地址).{0,4}(不存在|未找到|找不到|未开放|未实现)|(无此|找不到|未找到|不存在|没有).{0,4}(接口|路由|路径|页面)/i;
/** A slash before the word would make it part of a path: "/order not found" speaks of a route. */
const NO_SUCH_THING =
	/(?<!\/)\b(order|transaction|refund|dispute|webhook|merchant) (is |was |does )?not (found|exist)|(订单|交易|退款|争议|商户).{0,4}(不存在|未找到)/i;
const BARE_NOT_FOUND = /^\s*(404\W*)?(resource )?not found\W*$|^\s*资源不存在\W*$/i;

/** GoFrame's "not implemented", "not supported" and "not found" [I]. */
const NOT_THERE = new Set([58, 59, 65]);

/**
 * A 404 can also be "order not found" in the vendor's own envelope: then its code or its words say so. At a published
 * endpoint the route is certain, so that a code without a status speaks of what was asked for.
 */
function isMissingRoute(
	{ standing }: Endpoint,
	status: number,
	code: number | undefined,
	reason = '',
): boolean {
	if (status === 200 && code === 0) return false;
	if (NO_SUCH_ROUTE.test(reason) || status === 405) return true;
	if (status === 404 && (code === undefined || code === 0)) return true;
	if (code === undefined || code === 10003 || NO_SUCH_THING.test(reason)) return false;
	if (code === 404 || code === 405) return true;
	if (status === 404) return NOT_THERE.has(code) || BARE_NOT_FOUND.test(reason);
	return standing === 'inferred' && (NOT_THERE.has(code) || BARE_NOT_FOUND.test(reason));
}

/**
 * Whether a refusal may mean that there is no such route, in words that a thing may have been missed with too. Nothing
 * was done then, either way.
 */
export function isPerhapsMissingRoute({ details: { kind, detail = '' } }: ApiFailure): boolean {
	return kind === 'refused' && BARE_NOT_FOUND.test(detail);
}

/** Whether a body is a page for people. */
export function isWebPage(body: string): boolean {
	return /^\s*</.test(body);
}

function unreadableBecause(reply: Reply, envelope: WireObject | undefined): string {
	if (envelope !== undefined) return 'the answer has no code';
	if (reply.body === '') return 'the answer is empty';
	return isWebPage(reply.body) ? 'the answer is a web page' : 'the answer is not JSON';
}

/** `Retry-After` in seconds or as a date, as milliseconds from now. */
export function retryAfterOf(headers: Reply['headers'], now: number): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
