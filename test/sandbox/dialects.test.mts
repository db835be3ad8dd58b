import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DIALECT_NAMES, DIALECTS, type DialectName } from './dialects/table.mts';
import { startSandbox, type Sandbox } from './sandbox.mts';
import { addOrder, USDT_ON_TRON } from './support/client.mts';
import { startReceiver, type Receiver } from './support/receiver.mts';

let sandbox: Sandbox;
let receiver: Receiver;

beforeEach(async () => {
	[sandbox, receiver] = [await startSandbox(), await startReceiver()];
	await addOrder(sandbox, { mch_order_id: 'one', notify_url: receiver.url });
	for (const id of ['two', 'three']) await addOrder(sandbox, { mch_order_id: id });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

/** The answer as it stands in its body, whatever its shape. */
async function ask(endpoint: string, fields: object = {}, key = sandbox.apiKey, { url } = sandbox) {
	const answer = await fetch(`${url}/api/v1/pay/sdk${endpoint}`, {
		method: 'POST',
		headers: { 'X-API-Key': key },
		body: JSON.stringify(fields),
	});
	const text = await answer.text();
	const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, never>) : undefined;
	return { status: answer.status, text, json };
}

const listOrders = async (fields: object = {}) => (await ask('/order/list', fields)).json?.data;

/** The callback that tells of the payment. */
async function paidCallback(): Promise<Record<string, unknown>> {
	sandbox.orders.pay('one');
	await sandbox.deliveries.settled();
	return JSON.parse(receiver.received.at(-1)?.body ?? '{}') as Record<string, unknown>;
}

describe('Every dialect', () => {
	it('stands in the README with the line that --help shows', () => {
		const readme = readFileSync(join(process.cwd(), 'test', 'sandbox', 'README.md'), 'utf8');
		const rows = [...readme.matchAll(/^\| `([a-z0-9_-]+)` +\| (.+?) +\|$/gm)];
		const listed = rows.map(([, name, about]) => [name, about]);
		expect(listed).toEqual(DIALECT_NAMES.map((name) => [name, DIALECTS[name].about]));
	});

	const START = Math.floor(Date.now() / 1000);

	/** All that a client hears in a life of its own, the same for the same dialects. */
	async function hear(...dialects: DialectName[]): Promise<unknown[]> {
		const one = await startSandbox({ randomSeed: 'the same', startsAt: START });
		const said: unknown[] = [];
		const told = async (endpoint: string, fields: object = {}, key = one.apiKey) => {
			const { status, text } = await ask(endpoint, fields, key, one);
			said.push([status, text.replaceAll(one.url, '')]);
		};
		const url = receiver.url;
		await addOrder(one, { mch_order_id: 'one', notify_url: url });
		one.orders.pay('one');
		await addOrder(one, { mch_order_id: 'two', notify_url: url });
		await told('/refund/add', { mch_order_id: 'one', mch_refund_id: 'back', amount: 1 });
		for (const path of ['/a', '/b', '/c']) await told('/webhook/add', { url: url + path });
		one.speak(...dialects);
		await told('/order/add', { amount: 5, ...USDT_ON_TRON, mch_order_id: 'three' });
		await told('/order/add', { amount: 5, ...USDT_ON_TRON, mch_order_id: 'three' });
		await told('/order/checkout', { amount: 5, mch_order_id: 'four' });
		await told('/order/detail', { mch_order_id: 'one' });
		await told('/order/list', { page: 2, page_size: 3 });
		await told('/order/list', { mch_order_id: 'nobody' });
		await told('/webhook/list');
		await told('/refund/detail', { mch_refund_id: 'back' });
		await told('/order/detail', { mch_order_id: 'nobody' });
		await told('/order/detail', { trade_id: 7 });
		await told('/merchant/detail', {}, 'sk_live_nobody');
		await told('/order/cancel', { mch_order_id: 'two' });
		await one.deliveries.settled();
		said.push(receiver.received.at(-1)?.body);
		await one.close();
		return said;
	}

	let plain: unknown[] | undefined;

	it.each(DIALECT_NAMES)('%s changes something that a client hears', async (name) => {
		plain ??= await hear();
		expect(await hear(name)).not.toEqual(plain);
	});

	it('is off by itself: a sandbox says the same twice', async () => {
		expect(await hear()).toEqual(await hear());
	});
});

describe('Lists', () => {
	test.each<[DialectName, string]>([
		['list-items', 'items'],
		['list-records', 'records'],
		['list-rows', 'rows'],
		['list-data', 'data'],
		['list-orders', 'orders'],
	])('%s', async (name, member) => {
		sandbox.speak(name);
		const page = await listOrders();
		expect(page?.[member]).toHaveLength(3);
		expect(page).not.toHaveProperty('list');
	});

	test('small pages that ignore which is asked for never come to an end', async () => {
		sandbox.speak('pages-small', 'page-ignored', 'total-absent', 'pages-bare');
		const first = await listOrders({ page: 1, page_size: 100 });
		expect(first).toEqual({ list: [expect.anything(), expect.anything()] });
		expect(await listOrders({ page: 7, page_size: 100 })).toEqual(first);
	});

	test('several habits at once: text, no total, a bare array', async () => {
		sandbox.speak('list-bare', 'numbers-text', 'code-text');
		const { json } = await ask('/order/list', { page_size: 1 });
		expect(json).toMatchObject({ code: '0', data: [{ amount: '10', actual_amount: '10.0003' }] });
	});

	test('a change of dialect takes back the settings of the one before', async () => {
		sandbox.speak('status-word');
		expect((await ask('/order/detail', { mch_order_id: 'one' })).json?.data).toMatchObject({
			status: 'pending',
		});
		sandbox.speak();
		expect(sandbox.settings.statusAs).toBe('number');
	});
});

describe('Missing routes', () => {
	test.each<[DialectName, number, string]>([
		['missing-go', 404, '404 page not found'],
		['missing-goframe-404', 404, '{"code":65,"message":"Not Found","data":null}'],
		['missing-goframe-200', 200, '{"code":65,"message":"Not Found","data":null}'],
		['missing-nginx', 404, '<center>nginx/'],
		['missing-spring', 404, '"error":"Not Found","path":"/api/v1/pay/sdk/refund/list"'],
		['missing-express', 404, 'Cannot POST /api/v1/pay/sdk/refund/list'],
		['missing-chinese', 200, '接口不存在'],
		['missing-405', 405, 'Method Not Allowed'],
	])('%s, at the inferred endpoints only', async (name, status, wording) => {
		sandbox.speak(name);
		const { text, ...answer } = await ask('/refund/list');
		expect(answer.status).toBe(status);
		expect(text).toContain(wording);
		expect((await ask('/merchant/detail')).json?.code).toBe(0);
	});
});

describe('Callbacks', () => {
	test('without a trade ID, with members nobody knows, in capitals', async () => {
		sandbox.speak(
			'callback-no-trade-id',
			'callback-extra',
			'callback-environment',
			'network-alias',
		);
		const body = await paidCallback();
		expect(body).toMatchObject({ order_no: 'one', environment: 'PRODUCTION', network: 'TRC20' });
		expect(body).toMatchObject({ risk: { tags: ['new customer', null] } });
		expect(body).not.toHaveProperty('trade_id');
	});
});

test('An unknown dialect is refused with the list of those that exist', () => {
	expect(() => sandbox.speak('klingon' as DialectName)).toThrow('list-items');
});
