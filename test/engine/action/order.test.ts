import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import {
	account,
	cancelOrder,
	createCheckout,
	createOrder,
	engine,
	getOrder,
	locator,
} from './support.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const run = async (parameters: INodeParameters, apiKey = sandbox.apiKey) => {
	const outcome = await engine.runNode({ parameters, credentials: account(sandbox.url, apiKey) });
	const hints = outcome.runData.PonponPay?.[0]?.hints ?? [];
	return { ...outcome, hints };
};

const isoTime = (unixSeconds: number) => new Date(unixSeconds * 1000).toISOString();

/** Creates an order through the node and gives its trade id. */
const placed = async (changes: INodeParameters = {}) => {
	const { json, error } = await run(createOrder(changes));
	expect(error).toBeUndefined();
	return String(json[0].tradeId);
};

describe('Order: Create', () => {
	it('makes an order and gives all that a customer needs to pay it', async () => {
		const { json, error } = await run(
			createOrder({ amount: '12.50', options: { merchantOrderId: 'shop-1' } }),
		);
		expect(error).toBeUndefined();
		const order = sandbox.orders.get('shop-1');
		expect(json).toStrictEqual([
			{
				tradeId: order.tradeId,
				merchantOrderId: 'shop-1',
				status: 'pending',
				isPaid: false,
				amount: '12.5',
				actualAmount: expect.stringMatching(/^12\.5\d+$/),
				currency: 'USDT',
				network: 'tron',
				paymentUrl: order.paymentUrl,
				expiresAt: isoTime(order.expiresAt),
				statusCode: 1,
				summary: expect.stringMatching(/^12\.5\d+ USDT on Tron \(TRC-20\), waiting for payment$/),
				expiresInSeconds: expect.any(Number),
				exchangeRate: null,
				feeAmount: null,
				tokenContract: null,
				fiatAmount: null,
				address: order.address,
				transactionHash: null,
				explorerUrl: null,
				createdAt: null,
			},
		]);
		expect(Number(json[0].actualAmount)).toBe(Number(order.actualAmount));
	});

	it('passes on where PonponPay calls back and where the customer goes afterwards', async () => {
		const urls = {
			notifyUrl: 'https://n8n.example.com/webhook/paid',
			redirectUrl: 'https://shop.example.com/thanks',
		};
		const order = sandbox.orders.get(await placed({ options: urls }));
		expect(order).toMatchObject(urls);
	});

	it('gives an order without an ID of its own one that says item and execution', async () => {
		const { json } = await run(createOrder());
		expect(json[0].merchantOrderId).toMatch(/^n8n-[0-9a-z]{6}-1-[0-9a-z]{14}$/);
		expect(sandbox.orders.all()).toMatchObject([{ merchantOrderId: json[0].merchantOrderId }]);
	});

	it('gives the order that is there when an ID is used a second time for the same', async () => {
		const again = { amount: '5', options: { merchantOrderId: 'shop-1' } };
		const tradeId = await placed(again);
		const { json, error } = await run(createOrder(again));
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ tradeId, merchantOrderId: 'shop-1', amount: '5' }]);
		expect(sandbox.orders.all()).toHaveLength(1);
	});

	it.each([
		['amount', { amount: '6' }, '5 instead of 6'],
		['currency', { currency: locator('id', 'USDC') }, 'USDT instead of USDC'],
		['network', { network: locator('id', 'polygon') }, 'ethereum instead of polygon'],
	])('refuses an ID that belongs to an order of another %s', async (_what, changes, difference) => {
		const first = {
			amount: '5',
			network: locator('id', 'ethereum'),
			options: { merchantOrderId: 'shop-1' },
		};
		await placed(first);
		const { error, json } = await run(createOrder({ ...first, ...changes }));
		expect(json).toEqual([]);
		expect(error?.message).toContain('shop-1');
		expect(error?.message).toContain(difference);
		expect(sandbox.orders.all()).toHaveLength(1);
	});

	it('makes test orders with a key for the sandbox', async () => {
		const { json } = await run(createOrder(), sandbox.sandboxApiKey);
		expect(json[0].tradeId).toMatch(/^SB/);
	});

	it.each([
		['currency', { currency: locator('id', 'DOGE') }, 'takes these currencies: USDT'],
		['network', { network: locator('id', 'dogechain') }, 'takes USDT on these networks: Tron'],
		[
			'pair',
			{ currency: locator('id', 'busd'), network: locator('id', 'Polygon') },
			'takes BUSD on these networks: BSC (BEP-20). Choose one of them, or another currency. Code 10001.',
		],
	])('tells what the account takes instead of an impossible %s', async (_what, changes, advice) => {
		const method = { currency: locator('id', 'USDT'), network: locator('id', 'tron'), ...changes };
		for (const parameters of [createOrder(changes), createCheckout({ options: method })]) {
			const { error } = await run(parameters);
			expect(error?.message).toMatch(/^PonponPay refused: (currency|network) not supported/);
			expect(error?.description).toContain(`Your account ${advice}`);
		}
		expect(sandbox.orders.all()).toEqual([]);
	});

	it('tells when the plan has no orders left', async () => {
		await sandbox.close();
		sandbox = await startSandbox({ merchant: { monthlyOrderQuota: 1 } });
		await placed();
		const { error } = await run(createOrder());
		expect(error?.message).toMatch(/^PonponPay refused: .*(quota|plan|limit)/i);
		expect(error?.description).toContain('wait for the next month');
		expect(sandbox.orders.all()).toHaveLength(1);
		// That has nothing to do with what the account takes.
		expect(sandbox.requests.count('/payment-methods')).toBe(0);
	});
});

describe('Order: Create Checkout Link', () => {
	it('makes a link on which the customer chooses how to pay', async () => {
		const { json, error } = await run(
			createCheckout({ amount: '20', options: { merchantOrderId: 'shop-2', locale: 'en' } }),
		);
		expect(error).toBeUndefined();
		const order = sandbox.orders.get('shop-2');
		expect(json).toMatchObject([
			{
				tradeId: order.tradeId,
				merchantOrderId: 'shop-2',
				status: 'checkout',
				amount: '20',
				currency: null,
				paymentUrl: order.paymentUrl,
			},
		]);
		expect(Object.keys(json[0])).toHaveLength(21);
	});

	it('skips the choice where currency and network are given', async () => {
		const method = { currency: locator('id', 'USDC'), network: locator('id', 'solana') };
		const { json } = await run(createCheckout({ options: method }));
		expect(json).toMatchObject([{ status: 'pending', currency: 'USDC', network: 'solana' }]);
		expect(sandbox.orders.all()).toMatchObject([{ currency: 'USDC', network: 'solana' }]);
	});

	it('understands the older name of the link', async () => {
		sandbox.settings.checkoutUrlField = 'payment_url';
		const { json } = await run(createCheckout());
		expect(json[0].paymentUrl).toBe(sandbox.orders.all()[0].paymentUrl);
	});

	it('gives the same link when an ID is used a second time', async () => {
		const again = createCheckout({ options: { merchantOrderId: 'shop-2' } });
		const first = await run(again);
		const second = await run(again);
		expect(second.error).toBeUndefined();
		expect(second.json[0].paymentUrl).toBe(first.json[0].paymentUrl);
		expect(sandbox.orders.all()).toHaveLength(1);
	});
});

describe('Order: Get', () => {
	it('finds an order by trade ID and by merchant order ID', async () => {
		const tradeId = await placed({ options: { merchantOrderId: 'shop-3' } });
		const byTradeId = await run(getOrder(locator('tradeId', tradeId)));
		const byMerchantId = await run(getOrder(locator('merchantOrderId', 'shop-3')));
		expect(byTradeId.json).toMatchObject([{ tradeId, merchantOrderId: 'shop-3' }]);
		expect(byMerchantId.json).toEqual(byTradeId.json);
	});

	it.each([
		['confirming', 'confirming', false],
		['pay', 'paid', true],
		['creditByHand', 'manual', true],
		['markPaid', 'admin_paid', true],
		['expire', 'expired', false],
		['cancel', 'cancelled', false],
	] as const)('shows an order after "%s" as %s', async (step, status, isPaid) => {
		const tradeId = await placed();
		const { transactionHash } = sandbox.orders[step](tradeId);
		const { json } = await run(getOrder(locator('tradeId', tradeId)));
		expect(json).toMatchObject([{ status, isPaid, transactionHash }]);
		expect(json[0].explorerUrl).toBe(
			transactionHash === null ? null : `https://tronscan.org/#/transaction/${transactionHash}`,
		);
	});

	it('understands a status given as a word', async () => {
		sandbox.settings.statusAs = 'word';
		const tradeId = await placed();
		sandbox.orders.pay(tradeId);
		const { json } = await run(getOrder(locator('tradeId', tradeId)));
		expect(json).toMatchObject([{ status: 'paid', statusCode: 2, isPaid: true }]);
	});

	it('says that there is no such order', async () => {
		const { error } = await run(getOrder(locator('merchantOrderId', 'never-made')));
		expect(error?.message).toMatch(/^PonponPay refused: .*not found/);
		expect(error?.description).toMatch(/^Check the ID: .* Code 10003\./);
	});

	it("gives the API's own object when Simplify is off", async () => {
		const tradeId = await placed();
		const { json } = await run(getOrder(locator('tradeId', tradeId), { simplify: false }));
		expect(json).toMatchObject([
			{ trade_id: tradeId, status: 1, mch_order_id: expect.any(String) },
		]);
		expect(json[0]).not.toHaveProperty('tradeId');
	});
});

describe('Order: Cancel', () => {
	it('cancels an order that waits for its payment', async () => {
		const tradeId = await placed();
		const { json, hints } = await run(cancelOrder(locator('tradeId', tradeId)));
		expect(json).toMatchObject([
			{ tradeId, status: 'cancelled', isPaid: false, isCancelled: true, wasPaidMeanwhile: false },
		]);
		expect(hints).toEqual([]);
		expect(sandbox.orders.get(tradeId).status).toBe('cancelled');
	});

	it.each(['refuse', 'returnOrder'] as const)(
		'of an order paid meanwhile gives the paid order and says so (PonponPay: %s)',
		async (cancelOfPaid) => {
			sandbox.settings.cancelOfPaid = cancelOfPaid;
			const tradeId = await placed();
			sandbox.orders.pay(tradeId);
			const { json, error, hints } = await run(cancelOrder(locator('tradeId', tradeId)));
			expect(error).toBeUndefined();
			expect(json).toMatchObject([
				{ tradeId, status: 'paid', isPaid: true, isCancelled: false, wasPaidMeanwhile: true },
			]);
			expect(json[0].transactionHash).toBe(sandbox.orders.get(tradeId).transactionHash);
			expect(hints.map(({ message }) => message).join()).toContain(
				'paid before it could be cancelled',
			);
		},
	);

	it('may be repeated', async () => {
		const tradeId = await placed();
		await run(cancelOrder(locator('tradeId', tradeId)));
		const { json, error } = await run(cancelOrder(locator('tradeId', tradeId)));
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status: 'cancelled', isCancelled: true }]);
	});

	it('does not pretend to cancel an order that has expired', async () => {
		const tradeId = await placed();
		sandbox.orders.expire(tradeId);
		const { json, error } = await run(cancelOrder(locator('tradeId', tradeId)));
		expect(json).toEqual([]);
		expect(error?.message).toMatch(/^PonponPay refused: /);
	});

	it('says that there is no such order', async () => {
		const { error } = await run(cancelOrder(locator('tradeId', 'P404')));
		expect(error?.message).toMatch(/not found/);
	});
});

describe('Payment Method: Get Many', () => {
	it('gives every network with the currencies it carries', async () => {
		const { json, error } = await run({ resource: 'paymentMethod', operation: 'getAll' });
		expect(error).toBeUndefined();
		expect(json.map(({ network }) => network).sort()).toEqual([
			'bsc',
			'ethereum',
			'polygon',
			'solana',
			'tron',
		]);
		expect(json.find(({ network }) => network === 'tron')?.currencies).toContain('USDT');
	});
});

describe('Merchant: Get', () => {
	it.each(['name', 'mch_name'] as const)('gives the account (named by "%s")', async (field) => {
		sandbox.settings.merchantNameField = field;
		const { json, error } = await run({ resource: 'merchant', operation: 'get' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ merchantId: sandbox.merchantId, name: 'Corner Shop' }]);
	});
});
