import { readAnswer } from '../../../nodes/shared/api/answer';
import { ENDPOINTS, type Endpoint } from '../../../nodes/shared/api/endpoints';
import { NOON } from './support';

const { orderDetail, orderList, webhookDelete } = ENDPOINTS;

type Given = {
	status?: number;
	body?: unknown;
	headers?: Record<string, unknown>;
	endpoint?: Endpoint;
};

/** What an answer means; a body that is no text is sent as JSON. */
function read({ status = 200, body = '', headers = {}, endpoint = orderDetail }: Given) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return readAnswer(endpoint, { status, headers, body: text }, NOON);
}

const why = (given: Given) => read(given).failure?.details;

describe('success', () => {
	it('is status 200 and code 0, and gives the data', () => {
		expect(read({ body: { code: 0, message: 'success', data: { trade_id: 'P1' } } })).toEqual({
			data: { trade_id: 'P1' },
		});
	});

	it.each([[[]], [''], [0], [false]])('may carry %p as data', (data) => {
		expect(read({ body: { code: 0, data } })).toEqual({ data });
	});

	it('keeps every digit of an amount', () => {
		const body = '{"code":0,"data":{"amount":0.123456789012345678}}';
		expect(read({ body })).toEqual({ data: { amount: '0.123456789012345678' } });
	});

	it.each([[{ code: 0 }], [{ code: 0, data: null }]])(
		'without data is none, where data belongs: %p',
		(body) => {
			expect(why({ body })).toMatchObject({
				kind: 'unreadable',
				detail: 'the answer has no data',
			});
			expect(read({ body, endpoint: webhookDelete }).failure).toBeUndefined();
		},
	);

	it.each([{}, { trade_id: '' }, [], 'P1'])(
		'of a create is none without the id of what was created: %p',
		(data) => {
			const endpoint = ENDPOINTS.orderAdd;
			expect(why({ endpoint, body: { code: 0, data } })).toMatchObject({
				kind: 'unreadable',
				detail: 'the answer has no trade_id',
			});
		},
	);

	it('with another status than 200 is none', () => {
		expect(why({ status: 201, body: { code: 0, data: {} } })).toMatchObject({
			kind: 'unreadable',
			httpStatus: 201,
			detail: 'a success that is not PonponPay’s',
		});
	});
});

describe('a refusal', () => {
	it.each([
		[200, 10001, 'amount is invalid'],
		[200, 10003, 'order not found'],
		[400, 10001, 'amount is invalid'],
		[404, 10003, 'order not found'],
		[200, -1, 'system busy'],
	])('with status %i and code %i keeps code and message', (status, code, message) => {
		expect(why({ status, body: { code, message } })).toEqual({
			kind: 'refused',
			endpoint: orderDetail,
			httpStatus: status,
			code,
			detail: message,
		});
	});

	it('may come without a message', () => {
		expect(why({ body: { code: 10001 } })).toMatchObject({ kind: 'refused', detail: undefined });
		expect(why({ body: { code: 10001, message: '' } })).toMatchObject({ detail: undefined });
		expect(why({ body: { code: 10001, message: { a: 1 } } })).toMatchObject({ detail: undefined });
	});

	it('keeps no more of a long message than a person reads', () => {
		const { detail } = why({ body: { code: 1, message: 'x'.repeat(10_000) } }) ?? {};
		expect(detail).toHaveLength(300);
	});
});

describe('a refused key', () => {
	it.each([[401], [403]])('is status %i, whatever the body says', (status) => {
		const kind = 'unauthorized';
		expect(why({ status })).toMatchObject({ kind, httpStatus: status });
		expect(why({ status, body: { code: 0, data: {} } })).toMatchObject({ kind });
		expect(why({ status, body: { code: 10002, message: 'invalid key' } })).toMatchObject({
			kind,
			code: 10002,
			detail: 'invalid key',
		});
	});
});

describe('a route that does not exist', () => {
	it.each([
		['404 with a web page', 404, '<html>Not Found</html>'],
		['404 without a body', 404, ''],
		['404 without a code', 404, { message: 'Not Found' }],
		['404 with code 0', 404, { code: 0, message: 'nothing' }],
		['404 with code 404', 404, { code: 404, message: 'page not found' }],
		['405', 405, ''],
		['405 with a code', 405, { code: 10001, message: 'method not allowed' }],
		['an envelope with code 404', 200, { code: 404, message: 'Not Found' }],
		['an envelope with code 405', 200, { code: 405, message: 'Method Not Allowed' }],
		['an envelope that says so', 200, { code: 1, message: 'Route not found: /order/list' }],
		['an envelope that says so in other words', 400, { code: 1, message: 'no such route' }],
	])('is told by %s', (_how, status, body) => {
		expect(why({ status, body, endpoint: orderList })).toMatchObject({ kind: 'notOffered' });
	});

	it('is something else than a thing that does not exist', () => {
		const body = { code: 10003, message: 'order not found' };
		expect(why({ status: 404, body, endpoint: orderList })).toMatchObject({ kind: 'refused' });
		const inEnvelope = { code: 404, message: 'refund not found' };
		expect(why({ body: inEnvelope, endpoint: orderList })).toMatchObject({ kind: 'refused' });
		expect(why({ status: 404, body: inEnvelope })).toMatchObject({ kind: 'refused' });
	});
});

describe('too many requests', () => {
	const waitAsked = (retryAfter: unknown, status = 429) =>
		why({ status, headers: { 'retry-after': retryAfter } })?.retryAfterMs;

	it('is status 429', () => {
		expect(why({ status: 429, body: { code: 0, data: {} } })).toMatchObject({
			kind: 'rateLimited',
			retryAfterMs: undefined,
		});
	});

	it('asks to wait for seconds or until a date', () => {
		expect(waitAsked('7')).toBe(7000);
		expect(waitAsked('0')).toBe(0);
		expect(waitAsked(' 1.5 ')).toBe(1500);
		expect(waitAsked('Sun, 22 Nov 2026 12:00:30 GMT')).toBe(30_000);
	});

	it('asks for no wait where the date has passed', () => {
		expect(waitAsked('Sun, 22 Nov 2026 11:00:00 GMT')).toBe(0);
		expect(waitAsked('-5')).toBe(0);
	});

	it.each([['soon'], [''], ['  '], ['Infinity'], [undefined], [7], [['7']]])(
		'says nothing with %p',
		(header) => {
			expect(waitAsked(header)).toBeUndefined();
		},
	);

	it('is what a service that is down may mean too', () => {
		expect(waitAsked('7', 503)).toBe(7000);
	});
});

describe('a service that is down', () => {
	it.each([[500], [502], [503], [504], [599]])('is status %i', (status) => {
		expect(why({ status, body: '<html>' })).toMatchObject({
			kind: 'unavailable',
			httpStatus: status,
		});
		expect(why({ status, body: { code: 0, data: {} } })).toMatchObject({ kind: 'unavailable' });
		expect(why({ status, body: { code: 500, message: 'busy' } })).toMatchObject({
			code: 500,
			detail: 'busy',
		});
	});
});

describe('a redirect', () => {
	it.each([[301], [302], [303], [307], [308]])('is not followed: %i', (status) => {
		const headers = { location: 'https://elsewhere.example.com/' };
		expect(why({ status, headers })).toMatchObject({ kind: 'redirected', httpStatus: status });
	});
});

describe('an answer that is not the API’s', () => {
	it.each([
		['the answer is empty', ''],
		['the answer is a web page', ' <!doctype html><title>Login</title>'],
		['the answer is not JSON', 'OK'],
		['the answer is not JSON', '{"code":0,"data":{"trade_id":"P1"'],
		['the answer is not JSON', '[]'],
		['the answer is not JSON', 'null'],
		['the answer has no code', { message: 'success', data: {} }],
		['the answer has no code', { code: '0', data: {} }],
		['the answer has no code', { code: null, data: {} }],
	])('%s', (detail, body) => {
		expect(why({ body })).toMatchObject({ kind: 'unreadable', detail, httpStatus: 200 });
		expect(why({ status: 400, body })).toMatchObject({ kind: 'unreadable', detail });
	});

	it('is read in full and not kept, though it has ten megabytes', () => {
		const body = `${'x'.repeat(10_000_000)}`;
		expect(JSON.stringify(why({ body })).length).toBeLessThan(500);
	});
});
