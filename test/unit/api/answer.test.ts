import { readAnswer } from '../../../nodes/shared/api/answer';
import { ENDPOINTS, type Endpoint } from '../../../nodes/shared/api/endpoints';
import type { RequestBody } from '../../../nodes/shared/model/json';
import { Decimal } from '../../../nodes/shared/model/money';
import { NOON } from './support';

const { orderDetail, orderList, webhookDelete } = ENDPOINTS;
const ASKED = { trade_id: 'P1' };

type Given = {
	status?: number;
	body?: unknown;
	headers?: Record<string, unknown>;
	endpoint?: Endpoint;
	asked?: RequestBody;
};

/** What an answer means; a body that is no text is sent as JSON. */
function read({
	status = 200,
	body = '',
	headers = {},
	endpoint = orderDetail,
	asked = ASKED,
}: Given) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return readAnswer(endpoint, { status, headers, body: text }, NOON, asked, endpoint.answers);
}

const why = (given: Given) => read(given).failure?.details;

describe('success', () => {
	it('is status 200 and code 0, and gives the data', () => {
		const wire = { trade_id: 'P1' };
		expect(read({ body: { code: 0, message: 'success', data: wire } })).toMatchObject({
			data: { value: { tradeId: 'P1' }, wire },
		});
	});

	it('is one whatever its message says', () => {
		const body = { code: 0, message: 'page not found', data: { trade_id: 'P1' } };
		expect(read({ body }).failure).toBeUndefined();
	});

	it('is told by its code as text too', () => {
		expect(read({ body: { code: '0', data: { trade_id: 'P1' } } }).failure).toBeUndefined();
		expect(why({ body: { code: '10003', msg: 'order not found' } })).toMatchObject({
			kind: 'refused',
			code: 10003,
		});
	});

	it.each([[[]], [''], [0], [false]])('may carry %p where it says nothing', (data) => {
		expect(read({ body: { code: 0, data }, endpoint: webhookDelete }).failure).toBeUndefined();
	});

	it('keeps every digit of an amount', () => {
		const body = '{"code":0,"data":{"trade_id":"P1","amount":0.123456789012345678}}';
		expect(read({ body })).toMatchObject({
			data: { value: { amount: '0.123456789012345678' }, wire: { amount: '0.123456789012345678' } },
		});
	});

	it.each([[{ code: 0 }], [{ code: 0, data: null }]])(
		'without data is none, where data belongs: %p',
		(body) => {
			expect(why({ body })).toMatchObject({
				kind: 'unreadable',
				expected: 'an order',
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
				expected: 'an order',
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

describe('the reason of a refusal', () => {
	it.each([
		[{ message: 'no' }],
		[{ msg: 'no' }],
		[{ message: '', msg: 'no' }],
		[{ error: { message: 'no' } }],
		[{ error: 'no' }],
		[{ data: 'no' }],
	])('is found in %j', (body) => {
		expect(why({ body: { code: 10001, ...body } })).toMatchObject({
			kind: 'refused',
			detail: 'no',
		});
	});
});

describe('a code that says what happened', () => {
	it.each([
		[10002, 'unauthorized'],
		[61, 'unauthorized'],
		[401, 'unauthorized'],
		[429, 'rateLimited'],
		[50, 'unavailable'],
		[63, 'unavailable'],
		[500, 'unavailable'],
		[51, 'refused'],
		[53, 'refused'],
		[54, 'refused'],
	])('%i means %s', (code, kind) => {
		expect(why({ body: { code, message: 'told' } })).toMatchObject({ kind, code, detail: 'told' });
		expect(why({ body: { code: String(code), message: 'told' } })).toMatchObject({ kind });
	});

	it.each([58, 59, 65])('%i means a missing route where routes are guessed', (code) => {
		const body = { code, message: 'Not Found' };
		expect(why({ body, endpoint: orderList })).toMatchObject({ kind: 'notOffered' });
		expect(why({ body })).toMatchObject({ kind: 'refused' });
		expect(why({ body, status: 404 })).toMatchObject({ kind: 'notOffered' });
		expect(why({ body: { code, message: 'refund not found' }, endpoint: orderList })).toMatchObject(
			{
				kind: 'refused',
			},
		);
	});
});

describe('a web page with status 403', () => {
	it('comes from a firewall, and says nothing of the key', () => {
		expect(why({ status: 403, body: '<html>Access denied</html>' })).toMatchObject({
			kind: 'blocked',
		});
		expect(why({ status: 401, body: '<html>Sign in</html>' })).toMatchObject({
			kind: 'unauthorized',
		});
	});
});

describe('what was made', () => {
	const asked = {
		mch_order_id: 'shop-1',
		amount: Decimal.parse('25'),
		currency: 'USDT',
		network: 'tron',
	};
	const add = (data: object) =>
		why({
			endpoint: ENDPOINTS.orderAdd,
			asked,
			body: { code: 0, data: { trade_id: 'P1', ...data } },
		});

	it.each([
		[{}],
		[{ amount: 25, currency: 'usdt', network: 'Tron', mch_order_id: 'shop-1' }],
		[{ amount: '25.00' }],
		[{ amount: 25.0012, actual_amount: 25.0012 }],
	])('may be told as %j', (data) => {
		expect(add(data)).toBeUndefined();
	});

	it.each([
		[{ amount: 24 }, 'its amount is 24 instead of 25'],
		[{ amount: 99, actual_amount: 99 }, 'its amount is 99 instead of 25'],
		[{ currency: 'USDC' }, 'its currency is USDC instead of USDT'],
		[{ network: 'bsc' }, 'its network is bsc instead of tron'],
		[{ mch_order_id: 'shop-2' }, 'its merchant order ID is shop-2 instead of shop-1'],
	])('is refused as %j', (data, detail) => {
		expect(add(data)).toMatchObject({ kind: 'mismatch', detail });
	});

	it('is a refund of the order, the amount and to the wallet that were asked for', () => {
		const refund = { trade_id: 'P1', mch_refund_id: 'r-1', amount: Decimal.parse('10') };
		const data = { refund_id: 'R1', trade_id: 'P1', amount: 9 };
		expect(
			why({ endpoint: ENDPOINTS.refundAdd, asked: refund, body: { code: 0, data } }),
		).toMatchObject({ kind: 'mismatch', detail: 'its amount is 9 instead of 10' });
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
		['Go', 404, '404 page not found'],
		['GoFrame', 404, { code: 65, message: 'Not Found' }],
		['nginx', 404, '<html><center><h1>404 Not Found</h1></center><hr>nginx</html>'],
		['Spring', 404, { status: 404, error: 'Not Found', path: '/order/list' }],
		['newer Spring', 404, { code: 1, message: 'No static resource order/list.' }],
		['older Spring', 200, { code: 1, message: 'No handler found for POST /order/list' }],
		['Express', 404, '<pre>Cannot POST /order/list</pre>'],
		['Express in an envelope', 200, { code: 1, message: 'Cannot POST /order/list' }],
		['Chinese', 200, { code: 1, message: '接口不存在' }],
		['more Chinese', 200, { code: -1, msg: '未找到该接口' }],
		['Chinese in other words', 200, { code: -1, message: '无此接口' }],
		['Chinese with API', 200, { code: -1, message: 'API不存在' }],
		['Chinese for an address', 200, { code: -1, message: '请求地址不存在' }],
		['Chinese for not opened', 200, { code: -1, message: '接口未开放' }],
		['a resource', 404, { code: 1, message: 'Resource not found' }],
		['a resource in Chinese', 404, { code: -1, message: '资源不存在' }],
		['bare words', 200, { code: 1, message: 'Not Found' }],
	])('is told by %s', (_how, status, body) => {
		expect(why({ status, body, endpoint: orderList })).toMatchObject({ kind: 'notOffered' });
	});

	it('is something else than a thing that does not exist', () => {
		const body = { code: 10003, message: 'order not found' };
		expect(why({ status: 404, body, endpoint: orderList })).toMatchObject({ kind: 'refused' });
		const chinese = { code: 1, message: '订单不存在' };
		expect(why({ body: chinese, endpoint: orderList })).toMatchObject({ kind: 'refused' });
		const method = { code: 1, message: 'payment method not supported' };
		expect(why({ body: method, endpoint: orderList })).toMatchObject({ kind: 'refused' });
		const inEnvelope = { code: 404, message: 'refund not found' };
		expect(why({ body: inEnvelope, endpoint: orderList })).toMatchObject({ kind: 'refused' });
		expect(why({ status: 404, body: inEnvelope })).toMatchObject({ kind: 'refused' });
	});
});

describe('the reason of a refusal', () => {
	it.each([
		[{ message: 'too small' }],
		[{ msg: 'too small' }],
		[{ error: 'too small' }],
		[{ error: { message: 'too small' } }],
		[{ error: { msg: 'too small' } }],
		[{ data: 'too small' }],
		[{ data: { message: 'too small' } }],
		[{ message: 'error', data: 'too small' }],
		[{ message: 'Failed.', error: { msg: 'too small' } }],
	])('is found in %j', (body) => {
		expect(why({ body: { code: 10001, ...body } })).toMatchObject({ detail: 'too small' });
	});

	it('is the empty word where there is no other', () => {
		expect(why({ body: { code: 10001, message: 'error' } })).toMatchObject({ detail: 'error' });
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
		['the answer has no code', { code: '0x0', data: {} }],
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
