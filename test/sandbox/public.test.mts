import { startSandbox, type Sandbox } from './sandbox.mts';
import { addOrder, call } from './support/client.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

/** As a customer's browser does: without a key. */
async function ask(method: 'GET' | 'POST', path: string, fields: Record<string, string>) {
	const query = method === 'GET' ? `?${new URLSearchParams(fields)}` : '';
	const answer = await fetch(`${sandbox.url}/api/v1/pay/public${path}${query}`, {
		method,
		...(method === 'POST' && { body: JSON.stringify(fields) }),
	});
	const body = (await answer.json()) as { code: number; data: Record<string, unknown> };
	return { status: answer.status, ...body };
}

const checkout = async (fields: object = {}) => {
	const { data } = await call(sandbox, '/order/checkout', { amount: 10, ...fields });
	return { trade_id: String(data.trade_id) };
};

describe('The public endpoints', () => {
	it('lead from a checkout to a payable order, whose method may be changed until somebody pays', async () => {
		const order = await checkout({ mch_order_id: 'shop-1' });
		const { data: open } = await ask('GET', '/checkout-counter', order);
		expect(open).toMatchObject({
			...order,
			mch_order_id: 'shop-1',
			status: 0,
			display_amount: '10',
		});
		const { data: methods } = await ask('GET', '/order/payment-methods', order);
		expect(methods).toMatchObject({ methods: expect.arrayContaining([]) });

		const choose = async (network: string) =>
			await ask('POST', '/order/select-payment-method', { ...order, network, currency: 'USDT' });
		expect(await choose('tron')).toMatchObject({ code: 0, data: order });
		expect(await choose('bsc')).toMatchObject({ code: 0, data: order });
		const { data: chosen } = await ask('GET', '/checkout-counter', order);
		expect(chosen).toMatchObject({ network: 'bsc', status: 1, merchant_name: 'Corner Shop' });
		expect(chosen.display_amount).toMatch(/^10\.\d{4,}$/);
		expect(Number(chosen.actual_amount)).toBe(Number(chosen.display_amount));

		sandbox.orders.pay('shop-1');
		expect((await choose('tron')).code).not.toBe(0);
	});

	it('give back the exact amount that a changed method had taken', async () => {
		const { trade_id: first } = await addOrder(sandbox);
		const before = sandbox.orders.get(first).actualAmount;
		await ask('POST', '/order/select-payment-method', {
			trade_id: first,
			network: 'bsc',
			currency: 'USDT',
		});
		const { trade_id: second } = await addOrder(sandbox);
		expect(sandbox.orders.get(second).actualAmount).toBe(before);
	});

	it('tell how far a payment is', async () => {
		const order = { trade_id: (await addOrder(sandbox)).trade_id };
		const check = async () => (await ask('POST', '/check-status', order)).data;
		expect(await check()).toEqual({ status: 1, confirmations: 0, required_confirmations: 19 });
		sandbox.orders.confirming(order.trade_id);
		expect(await check()).toMatchObject({ status: 6, required_confirmations: 19 });
		sandbox.orders.pay(order.trade_id);
		const paid = await check();
		expect(paid.status).toBe(2);
		expect(Number(paid.confirmations)).toBeGreaterThanOrEqual(19);
	});

	it.each([
		['polygon', 'eip155:137', 6],
		['bsc', 'eip155:56', 18],
	])('prepare a wallet on %s', async (network, chain_id, decimals) => {
		const { trade_id } = await addOrder(sandbox, { network });
		const { data } = await ask('POST', '/order/wallet-payment/prepare', { trade_id });
		expect(data).toMatchObject({ network, chain_id, asset_type: 'token', currency: 'USDT' });
		const [whole, fraction = ''] = String(data.display_amount).split('.');
		const units = BigInt(whole + fraction.padEnd(decimals, '0')).toString();
		expect(data.amount_base_units).toBe(units);
	});

	it('refuse what they do not know, by an envelope', async () => {
		expect(await ask('POST', '/check-status', { trade_id: 'X' })).toMatchObject({ code: 10003 });
		expect(await ask('GET', '/checkout-counter', {})).toMatchObject({ code: 10001 });
		const { trade_id } = await addOrder(sandbox);
		const solana = await ask('POST', '/order/wallet-payment/prepare', { trade_id });
		expect(solana).toMatchObject({ code: 10001 });
		expect(await ask('POST', '/checkout-counter', { trade_id })).toMatchObject({ status: 405 });
	});
});

describe('A host', () => {
	/** Which of these it has. */
	async function offered(): Promise<string[]> {
		const found: string[] = [];
		for (const [prefix, endpoint] of [
			['', '/order/detail'],
			['/sdk', '/order/detail'],
			['', '/order/list'],
			['/sdk', '/order/list'],
			['', '/merchant/detail'],
			['/sdk', '/merchant/detail'],
			['', '/x402/verify'],
			['/sdk', '/x402/verify'],
			['', '/public/check-status'],
		] as const) {
			const { status } = await call(sandbox, endpoint, {}, { prefix: `/api/v1/pay${prefix}` });
			if (status !== 404) found.push(prefix + endpoint);
		}
		return found;
	}

	it.each([
		[
			'everything',
			'/order/detail /sdk/order/detail /order/list /sdk/order/list /sdk/merchant/detail /x402/verify /public/check-status',
		],
		[
			'published',
			'/order/detail /sdk/order/detail /sdk/merchant/detail /x402/verify /public/check-status',
		],
		['legacy', '/sdk/order/detail /sdk/order/list /sdk/merchant/detail'],
	] as const)('that offers %s has just that', async (offers, endpoints) => {
		sandbox.settings.offers = offers;
		expect((await offered()).join(' ')).toBe(endpoints);
	});

	it.each(['everything', 'legacy'] as const)(
		'that offers %s has a page on which a customer can choose',
		async (offers) => {
			sandbox.settings.offers = offers;
			const { trade_id } = await checkout();
			const page = await (await fetch(`${sandbox.url}/pay/${trade_id}`)).text();
			const [, path = '', body = ''] = /data-post="([^"]+)" data-body="([^"]+)"/.exec(page) ?? [];
			const answer = await fetch(sandbox.url + path, {
				method: 'POST',
				body: body.replaceAll('&quot;', '"').replaceAll('&#34;', '"'),
			});
			expect(answer.status).toBe(200);
			expect(sandbox.orders.get(trade_id).status).toBe('pending');
		},
	);
});
