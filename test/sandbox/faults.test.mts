import type { Fault } from './http/faults.mts';
import { startSandbox, type Sandbox } from './sandbox.mts';
import { addOrder, call, USDT_ON_TRON } from './support/client.mts';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => await sandbox.close());

const order = (id: string) => ({ amount: 10, ...USDT_ON_TRON, mch_order_id: id });
const create = async (id = 'o1') => await call(sandbox, '/order/add', order(id));
const ids = () => sandbox.orders.all().map(({ merchantOrderId }) => merchantOrderId);

/** An answer as bytes on the wire, without a client that interprets it. */
async function rawCreate(id = 'o1'): Promise<Response> {
	return await fetch(`${sandbox.url}/api/v1/pay/sdk/order/add`, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'X-API-Key': sandbox.apiKey },
		body: JSON.stringify(order(id)),
	});
}

describe('a fault before the work leaves nothing behind, after it leaves an order', () => {
	test.each<[Fault['kind'], 'before' | 'after', string[]]>([
		['status', 'before', []],
		['status', 'after', ['o1']],
		['reset', 'before', []],
		['reset', 'after', ['o1']],
		['raw', 'before', []],
		['raw', 'after', ['o1']],
	])('%s %s', async (kind, when, left) => {
		const faults: Partial<Record<Fault['kind'], Fault>> = {
			status: { kind: 'status', status: 502, when },
			reset: { kind: 'reset', when },
			raw: { kind: 'raw', body: 'oops', when },
		};
		sandbox.faults.script('/order/add', [faults[kind] ?? null]);
		await rawCreate().catch(() => undefined);
		expect(ids()).toEqual(left);
		expect(sandbox.requests.all()).toMatchObject([{ workDone: left.length > 0 }]);
	});
});

test('a status comes with its envelope, and Retry-After in seconds or as a date', async () => {
	sandbox.faults.script('/order/add', [
		{ kind: 'status', status: 429, when: 'before' },
		{ kind: 'status', status: 429, when: 'before', retryAfter: 3 },
		{ kind: 'status', status: 503, when: 'before', retryAfter: { date: 60 } },
	]);
	const [bare, seconds, date] = [await create(), await create(), await create()];
	expect(bare).toMatchObject({ status: 429, code: 429, data: null });
	expect(bare.headers.has('retry-after')).toBe(false);
	expect(seconds.headers.get('retry-after')).toBe('3');
	expect(date).toMatchObject({ status: 503 });
	const until = Date.parse(date.headers.get('retry-after') ?? '');
	expect(Math.abs(until - Date.now() - 60_000)).toBeLessThan(10_000);
});

test('a reset connection gives no answer', async () => {
	sandbox.faults.always('/order/add', { kind: 'reset', when: 'before' });
	await expect(create()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
});

test('a truncated answer breaks off before its announced end', async () => {
	sandbox.faults.script('/order/add', [{ kind: 'truncated' }]);
	const answer = await rawCreate();
	expect(answer.status).toBe(200);
	await expect(answer.text()).rejects.toThrow('terminated');
	expect(ids()).toEqual(['o1']);
});

test('a stalled answer begins, and stays open until somebody ends it', async () => {
	sandbox.faults.script('/order/add', [{ kind: 'stalled' }]);
	const answer = await rawCreate();
	const reader = answer.body?.getReader();
	const beginning = await reader?.read();
	expect(Buffer.from(beginning?.value ?? []).toString()).toMatch(/^\{"code":0/);
	const rest = reader?.read();
	await sandbox.close();
	await expect(rest).rejects.toThrow('terminated');
	sandbox = await startSandbox();
});

test('silence lasts until the client gives up', async () => {
	sandbox.faults.script('/order/add', [{ kind: 'silence', when: 'after' }]);
	const givingUp = new AbortController();
	const answer = fetch(`${sandbox.url}/api/v1/pay/sdk/order/add`, {
		method: 'POST',
		headers: { 'X-API-Key': sandbox.apiKey },
		body: JSON.stringify(order('o1')),
		signal: givingUp.signal,
	});
	const refused = expect(answer).rejects.toThrow('aborted');
	while (ids().length === 0) await call(sandbox, '/merchant/detail');
	givingUp.abort();
	await refused;
});

test('invalid JSON is half of the true answer', async () => {
	sandbox.faults.script('/order/add', [{ kind: 'invalidJson' }]);
	const text = await (await rawCreate()).text();
	expect(text).toMatch(/^\{"code":0/);
	expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test('any body can be put in the place of the answer', async () => {
	sandbox.faults.script('/order/add', [
		{ kind: 'raw', body: '<html></html>', status: 200, contentType: 'text/html', when: 'before' },
	]);
	const answer = await rawCreate();
	expect(answer.headers.get('content-type')).toBe('text/html');
	expect(await answer.text()).toBe('<html></html>');
});

test('a redirect points where it is told', async () => {
	sandbox.faults.always('*', { kind: 'redirect', location: 'http://127.0.0.1:9/', status: 308 });
	const answer = await rawCreate();
	expect(answer.status).toBe(308);
	expect(answer.headers.get('location')).toBe('http://127.0.0.1:9/');
});

test('a delay only delays', async () => {
	sandbox.faults.latency(1);
	sandbox.faults.script('/order/add', [{ kind: 'delay', ms: 1 }]);
	expect(await create()).toMatchObject({ code: 0 });
});

test('a script is followed in order, then all is well again', async () => {
	const down: Fault = { kind: 'status', status: 503, when: 'before' };
	sandbox.faults.script('/order/detail', [down, null, down]);
	const { trade_id } = await addOrder(sandbox);
	const statuses = [];
	for (let count = 0; count < 4; count++) {
		statuses.push((await call(sandbox, '/order/detail', { trade_id })).status);
	}
	expect(statuses).toEqual([503, 200, 503, 200]);
	expect(sandbox.requests.outcomes('/order/detail')).toEqual({ '503 before': 2, '200/0': 2 });
});

test.each([
	['envelope404', 404, 'route not found'],
	['text404', 404, '404 page not found'],
	['page404', 404, '<h1>404 Not Found</h1>'],
	['envelope405', 405, 'method not allowed'],
	['envelope200', 200, 'route not found'],
] as const)(
	'an unpublished endpoint answers as %s until it is healed',
	async (form, status, words) => {
		sandbox.faults.unpublish('/refund/list', form);
		const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/refund/list`, {
			method: 'POST',
			headers: { 'X-API-Key': sandbox.apiKey },
		});
		expect(answer.status).toBe(status);
		expect(await answer.text()).toContain(words);
		sandbox.faults.heal('/refund/list');
		expect(await call(sandbox, '/refund/list')).toMatchObject({ code: 0 });
	},
);

describe('a rate', () => {
	const down: Fault = { kind: 'status', status: 503, when: 'before' };
	const slow: Fault = { kind: 'delay', ms: 0 };

	/** What 300 creates met, by their ids; the order in which they arrive differs from run to run. */
	async function met(seed: string): Promise<Record<string, string | undefined>> {
		sandbox.requests.clear();
		sandbox.faults.rate({ share: 0.2, faults: [down, slow], seed });
		await Promise.all(Array.from({ length: 300 }, async (_, index) => await create(`o${index}`)));
		return Object.fromEntries(
			sandbox.requests.all().map(({ body, fault }) => [JSON.parse(body).mch_order_id, fault]),
		);
	}

	test('meets about its share, of every kind', async () => {
		const faults = Object.values(await met('one'));
		const hit = faults.filter((fault) => fault !== undefined);
		expect(hit.length).toBeGreaterThan(30);
		expect(hit.length).toBeLessThan(90);
		expect(new Set(hit)).toEqual(new Set(['503 before', 'delay']));
	});

	test('meets the same requests again for the same seed, and others for another', async () => {
		const first = await met('one');
		expect(await met('one')).toEqual(first);
		expect(await met('two')).not.toEqual(first);
	});

	test('may let the same request through when it comes again', async () => {
		sandbox.faults.rate({ share: 0.5, faults: [down], seed: 'again' });
		const statuses = new Set<number>();
		for (let count = 0; count < 20; count++) {
			statuses.add((await call(sandbox, '/merchant/detail')).status);
		}
		expect(statuses).toEqual(new Set([200, 503]));
	});

	test('spares endpoints that it does not name', async () => {
		sandbox.faults.rate({ share: 1, faults: [down], seed: 'some', endpoints: ['/order/add'] });
		expect((await create()).status).toBe(503);
		expect((await call(sandbox, '/order/list')).status).toBe(200);
		sandbox.faults.clear();
		expect((await create()).status).toBe(200);
	});
});

test('more requests at once than allowed are refused with 429', async () => {
	sandbox.faults.limitConcurrency(2);
	sandbox.faults.latency(600_000);
	const held = [create('o1'), create('o2')].map(
		async (answer) => await answer.catch(() => 'ended'),
	);
	while (sandbox.requests.count() < 2) await fetch(`${sandbox.url}/_sandbox/clock`);
	const third = await create('o3');
	expect(third.status).toBe(429);
	expect(third.headers.get('retry-after')).toBe('1');
	await sandbox.close();
	expect(await Promise.all(held)).toEqual(['ended', 'ended']);
	sandbox = await startSandbox();
});

test('the key set can fail like any endpoint', async () => {
	sandbox.faults.always('/public/webhook-jwks', { kind: 'status', status: 503, when: 'before' });
	const answer = await fetch(`${sandbox.url}/api/v1/pay/public/webhook-jwks`);
	expect(answer.status).toBe(503);
});

test('programs in other processes plan faults and read what came of them', async () => {
	const ask = async (method: string, path: string, body?: object) => {
		const answer = await fetch(`${sandbox.url}/_sandbox${path}`, {
			method,
			...(body && { body: JSON.stringify(body) }),
		});
		return (await answer.json()) as { outcomes: Record<string, number> };
	};
	const fault = { kind: 'status', status: 500, when: 'after' };
	await ask('POST', '/faults/script', { endpoint: '/order/add', faults: [fault] });
	await create();
	expect((await ask('GET', '/requests')).outcomes).toEqual({ '500 after': 1 });
	await ask('POST', '/faults/unpublish', { endpoint: '/order/list' });
	expect((await call(sandbox, '/order/list')).status).toBe(404);
	await ask('DELETE', '/faults');
	expect((await call(sandbox, '/order/list')).status).toBe(200);
});
