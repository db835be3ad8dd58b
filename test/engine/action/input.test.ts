import type { INodeParameters } from 'n8n-workflow';
import { jsonAnswer, startServer, type LoopbackServer, type Answer } from '../harness/server.mts';
import {
	account,
	cancelOrder,
	createCheckout,
	createOrder,
	engine,
	getOrder,
	locator,
} from './support.mts';

const tooLong = 'a-merchant-order-id-of-33-letters';
const webPage = 'http://shop.example.com/thanks';

describe('Bad input', () => {
	let server: LoopbackServer;
	beforeAll(async () => {
		server = await startServer(jsonAnswer({ code: 0, data: { trade_id: 'P1' } }));
	});
	afterAll(async () => await server.close());

	const cases: Array<[field: string, value: string, parameters: INodeParameters]> = [
		...['abc', '-5', '0', '0.00', '1.123456789', '1,50', '10 USDT', 'Infinity', 'NaN', '0x10'].map(
			(amount): [string, string, INodeParameters] => ['Amount', amount, createOrder({ amount })],
		),
		['Amount', 'nothing', createCheckout({ amount: 'nothing' })],
		['Merchant Order ID', tooLong, createOrder({ options: { merchantOrderId: tooLong } })],
		['Merchant Order ID', 'my order', createOrder({ options: { merchantOrderId: 'my order' } })],
		['Notify URL', '/webhook/1', createOrder({ options: { notifyUrl: '/webhook/1' } })],
		['Notify URL', webPage, createOrder({ options: { notifyUrl: webPage } })],
		[
			'Redirect URL',
			'shop.example.com',
			createOrder({ options: { redirectUrl: 'shop.example.com' } }),
		],
		[
			'Redirect URL',
			'javascript:alert(1)',
			createCheckout({ options: { redirectUrl: 'javascript:alert(1)' } }),
		],
		['Trade ID', tooLong, getOrder(locator('tradeId', tooLong.repeat(4)))],
		['Merchant Order ID', tooLong, getOrder(locator('merchantOrderId', tooLong.repeat(4)))],
		['Merchant Order ID', '1', cancelOrder(locator('merchantOrderId', 'shop\n1'))],
	];

	it.each(cases)('in %s (%s) sends nothing and is named', async (field, value, parameters) => {
		server.requests.length = 0;
		const outcome = await engine.runNode({ parameters, credentials: account(server.url) });
		expect(outcome.error?.message).toMatch(new RegExp(`^${field} must `));
		expect(outcome.error?.message).toContain(value);
		expect(server.requests).toEqual([]);
	});

	it.each([
		['Currency', createOrder({ currency: locator('id', '={{ $json.none }}') })],
		['Network', createOrder({ network: locator('id', '={{ $json.none }}') })],
		['Amount', createOrder({ amount: '={{ $json.none }}' })],
		['Network', createCheckout({ options: { currency: locator('id', 'USDT') } })],
		['Currency', createCheckout({ options: { network: locator('id', 'tron') } })],
		['Trade ID', getOrder(locator('tradeId', '={{ $json.none }}'))],
	])('in %s that is left empty by an expression sends nothing', async (field, parameters) => {
		server.requests.length = 0;
		const outcome = await engine.runNode({ parameters, credentials: account(server.url) });
		expect(outcome.error?.message).toMatch(new RegExp(`^${field} must `));
		expect(outcome.error?.message).toContain('empty');
		expect(server.requests).toEqual([]);
	});

	it('in a body of Custom API Call that lacks a value sends nothing, because all of the money could go', async () => {
		server.requests.length = 0;
		const body = "={{ { mch_order_id: 'shop-1', amount: $json.none } }}";
		const { error } = await engine.runNode({
			parameters: { resource: 'customApiCall', operation: 'call', path: '/refund/add', body },
			credentials: account(server.url),
		});
		expect(error?.message).toBe('JSON Body must have a value in every member: amount has none.');
		expect(server.requests).toEqual([]);
	});

	it('is refused by n8n itself where a required field was never filled', async () => {
		server.requests.length = 0;
		const outcome = await engine.runNode({
			parameters: createOrder({ amount: '' }),
			credentials: account(server.url),
		});
		expect(outcome.status).toBe('error');
		expect(server.requests).toEqual([]);
	});

	it('of one item names that item and lets the others through', async () => {
		server.requests.length = 0;
		const outcome = await engine.runNode({
			parameters: createOrder({ amount: '={{ $json.amount }}' }),
			items: [{ amount: '1' }, { amount: 'two' }, { amount: '3' }],
			credentials: account(server.url),
			onError: 'continueRegularOutput',
		});
		expect(
			server.requests.map(({ body }) => (JSON.parse(body) as { amount: number }).amount),
		).toEqual([1, 3]);
		expect(outcome.json[1].error).toContain('Amount must ');
		expect(outcome.pairedWith).toEqual([0, 1, 2]);
	});

	it('in the credential sends nothing and says which field', async () => {
		const outcome = await engine.runNode({
			parameters: createOrder(),
			credentials: account('not an address'),
		});
		expect(outcome.error?.message).toContain('The Custom URL of the PonponPay credential');
	});

	it('such as an operation this version does not know is told, not crashed on', async () => {
		const outcome = await engine.runNode({
			parameters: { resource: 'order', operation: 'constructor' },
			credentials: account(server.url),
		});
		expect(outcome.status).toBe('error');
		expect(outcome.error?.message).not.toContain('undefined');
	});
});

/** Answers with enough to be an order, whichever way it was asked for, and a checkout link. */
const orderAnswer: Answer = (request, response) => {
	const { trade_id = 'P1', mch_order_id } = JSON.parse(request.body) as Record<string, string>;
	const data = { trade_id, mch_order_id, checkout_url: 'https://pay.example.com/P1' };
	return jsonAnswer({ code: 0, data })(request, response);
};

describe('Good input', () => {
	let server: LoopbackServer;
	beforeAll(async () => {
		server = await startServer(orderAnswer);
	});
	afterAll(async () => await server.close());

	const sent = async (parameters: INodeParameters): Promise<unknown> => {
		server.requests.length = 0;
		const { error } = await engine.runNode({ parameters, credentials: account(server.url) });
		expect(error).toBeUndefined();
		return JSON.parse(server.requests[0].body);
	};

	it('is trimmed, and written as PonponPay writes it', async () => {
		expect(
			await sent(
				createOrder({
					amount: ' 10.5 ',
					currency: locator('id', ' usdc '),
					network: locator('id', 'Polygon'),
					options: { merchantOrderId: ' shop-1 ', notifyUrl: ' https://shop.example.com/n ' },
				}),
			),
		).toEqual({
			amount: 10.5,
			currency: 'USDC',
			network: 'polygon',
			mch_order_id: 'shop-1',
			notify_url: 'https://shop.example.com/n',
		});
	});

	it('may be a number where an expression gives one', async () => {
		expect(await sent(createOrder({ amount: '={{ 199 / 10 }}' }))).toMatchObject({
			amount: 19.9,
		});
	});

	it('may name http addresses of this machine', async () => {
		const notifyUrl = 'http://127.0.0.1:5678/webhook/1';
		expect(await sent(createOrder({ options: { notifyUrl } }))).toMatchObject({
			notify_url: notifyUrl,
		});
	});

	it('may have an ID of exactly 32 characters', async () => {
		const merchantOrderId = tooLong.slice(1);
		expect(await sent(createOrder({ options: { merchantOrderId } }))).toMatchObject({
			mch_order_id: merchantOrderId,
		});
	});

	it('looks an order up by any ID that a shop or PonponPay may have given it', async () => {
		expect(await sent(getOrder(locator('merchantOrderId', ' Größe 38/ü ')))).toEqual({
			mch_order_id: 'Größe 38/ü',
		});
		const uuids = 'a2b0c6de-0d8e-4a4f-9f43-1c2d3e4f5a6b'.repeat(3);
		expect(await sent(getOrder(locator('list', uuids)))).toEqual({ trade_id: uuids });
	});

	it('finds an order by exactly one of its two IDs', async () => {
		expect(await sent(getOrder(locator('tradeId', 'P1')))).toEqual({ trade_id: 'P1' });
		expect(await sent(getOrder(locator('merchantOrderId', 'shop-1')))).toEqual({
			mch_order_id: 'shop-1',
		});
		expect(await sent(cancelOrder(locator('merchantOrderId', 'shop-1')))).toEqual({
			mch_order_id: 'shop-1',
		});
	});

	it('for a checkout link may leave the method to the customer, or set both its parts', async () => {
		expect(await sent(createCheckout({ options: { locale: 'en' } }))).toEqual({
			amount: 10,
			locale: 'en',
			mch_order_id: expect.stringMatching(/^n8n-/) as string,
		});
		const method = { currency: locator('list', 'USDT'), network: locator('list', 'bsc') };
		expect(await sent(createCheckout({ options: method }))).toMatchObject({
			currency: 'USDT',
			network: 'bsc',
		});
	});
});
