import { amountOf, formatAmount, sum } from './money.mts';
import { startSandbox, type Sandbox } from './sandbox.mts';
import { addOrder, call } from './support/client.mts';
import { startReceiver, type Receiver } from './support/receiver.mts';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => await sandbox.close());

async function paidOrder(fields: object = {}): Promise<string> {
	const { trade_id } = await addOrder(sandbox, fields);
	sandbox.orders.pay(trade_id);
	return trade_id;
}

const refund = async (tradeId: string, fields: object = {}) =>
	await call(sandbox, '/refund/add', { trade_id: tradeId, ...fields });

/** Every element of a list endpoint, page by page. */
async function listAll(endpoint: string, filter: object = {}, pageSize = 100) {
	const elements: Array<Record<string, unknown>> = [];
	for (let page = 1; ; page++) {
		const { data } = await call(sandbox, endpoint, { ...filter, page, page_size: pageSize });
		elements.push(...(data.list ?? []));
		if ((data.list ?? []).length < pageSize) return elements;
	}
}

describe('a transaction', () => {
	test('comes from a payment, by id or hash, and is confirming until the order is paid', async () => {
		const { trade_id } = await addOrder(sandbox, { mch_order_id: 'shop-1' });
		const { transactionHash, payer, address } = sandbox.orders.confirming(trade_id);
		const { data } = await call(sandbox, '/transaction/detail', { hash: transactionHash });
		expect(data).toMatchObject({
			trade_id,
			mch_order_id: 'shop-1',
			type: 'payment',
			from_address: payer,
			to_address: address,
			amount: 10.0001,
			status: 'confirming',
		});
		sandbox.orders.pay(trade_id);
		const { transaction_id } = data;
		const later = await call(sandbox, '/transaction/detail', { transaction_id });
		expect(later.data).toMatchObject({ status: 'confirmed', hash: transactionHash });
		expect(sandbox.transactions.all(trade_id)).toHaveLength(1);
	});

	test('comes from a refund once it is sent, the other way round', async () => {
		const tradeId = await paidOrder();
		const { data } = await refund(tradeId, { amount: 4 });
		expect(sandbox.transactions.all(tradeId)).toHaveLength(1);
		sandbox.refunds.process(String(data.refund_id));
		const [newest] = await listAll('/transaction/list', { trade_id: tradeId });
		expect(newest).toMatchObject({
			type: 'refund',
			from_address: sandbox.orders.get(tradeId).address,
			to_address: data.address,
			amount: 4,
			status: 'confirming',
		});
		sandbox.refunds.fail(String(data.refund_id));
		expect(sandbox.transactions.all(tradeId)[1]?.status).toBe('failed');
	});

	test('does not exist for an order that an administrator marked paid', async () => {
		const { trade_id } = await addOrder(sandbox);
		sandbox.orders.markPaid(trade_id);
		expect(sandbox.transactions.all()).toEqual([]);
	});
});

describe('a refund', () => {
	test('without an amount and address gives all that is left back to the payer', async () => {
		const tradeId = await paidOrder();
		await refund(tradeId, { amount: 4 });
		const { data } = await refund(tradeId, { mch_refund_id: 'r2', reason: 'broken' });
		expect(data).toMatchObject({
			mch_refund_id: 'r2',
			trade_id: tradeId,
			amount: 6.0001,
			currency: 'USDT',
			network: 'tron',
			address: sandbox.orders.get(tradeId).payer,
			reason: 'broken',
			status: 'pending',
			hash: '',
		});
	});

	test('is sent and succeeds by the clock', async () => {
		const { data } = await refund(await paidOrder(), { mch_refund_id: 'r1' });
		await sandbox.clock.advance(6);
		expect(sandbox.refunds.get('r1').status).toBe('processing');
		await sandbox.clock.advance(6);
		const { data: later } = await call(sandbox, '/refund/detail', { refund_id: data.refund_id });
		expect(later).toMatchObject({ status: 'succeeded', hash: expect.stringMatching(/^\w{64}$/) });
	});

	test('never makes the sum exceed what was paid, whatever comes at once', async () => {
		const tradeId = await paidOrder();
		const answers = await Promise.all(
			Array.from({ length: 30 }, async () => await refund(tradeId, { amount: 0.75 })),
		);
		const accepted = answers.filter(({ code }) => code === 0);
		expect(accepted).toHaveLength(13);
		expect(answers.filter(({ code }) => code === 10008)).toHaveLength(17);
		const given = sum(sandbox.refunds.all(tradeId).map(({ amount }) => amountOf(amount)));
		expect(formatAmount(given)).toBe('9.75');
	});

	test('that failed or was cancelled leaves its amount to others', async () => {
		const tradeId = await paidOrder();
		const first = await refund(tradeId);
		expect(await refund(tradeId, { amount: 1 })).toMatchObject({
			code: 10008,
			message: 'refund amount exceeds the refundable amount of 0',
		});
		sandbox.refunds.fail(String(first.data.refund_id));
		const second = await refund(tradeId);
		expect(second).toMatchObject({ code: 0, data: { amount: 10.0001 } });
		const { refund_id } = second.data;
		expect(await call(sandbox, '/refund/cancel', { refund_id })).toMatchObject({
			code: 0,
			data: { status: 'cancelled' },
		});
		expect(await refund(tradeId)).toMatchObject({ code: 0 });
	});

	test('cannot be cancelled once it is sent', async () => {
		const { data } = await refund(await paidOrder());
		sandbox.refunds.process(String(data.refund_id));
		const { refund_id } = data;
		expect(await call(sandbox, '/refund/cancel', { refund_id })).toMatchObject({ code: 10008 });
	});

	test('is refused for an unpaid order, a taken id and an address of another network', async () => {
		const { trade_id } = await addOrder(sandbox);
		expect(await refund(trade_id)).toMatchObject({ code: 10008, message: 'order is not paid' });
		sandbox.orders.pay(trade_id);
		await refund(trade_id, { amount: 1, mch_refund_id: 'r1' });
		expect(await refund(trade_id, { amount: 1, mch_refund_id: 'r1' })).toMatchObject({
			code: 10001,
			message: 'mch_refund_id already exists',
		});
		const elsewhere = { amount: 1, address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' };
		expect(await refund(trade_id, elsewhere)).toMatchObject({
			code: 10001,
			message: 'address is not a valid tron address',
		});
		expect(await refund('PP0')).toMatchObject({ code: 10003 });
	});
});

test('statistics count only what has been given back', async () => {
	const tradeId = await paidOrder();
	const { data } = await refund(tradeId, { amount: 1 });
	await refund(tradeId, { amount: 2 });
	const refunded = async () =>
		(await call(sandbox, '/transaction/statistics')).data.refunded_amount;
	expect(await refunded()).toBe(0);
	sandbox.refunds.succeed(String(data.refund_id));
	expect(await refunded()).toBe(1);
});

describe('a dispute', () => {
	test('is opened by the customer, answered by the merchant and decided by PonponPay', async () => {
		const tradeId = await paidOrder();
		const { disputeId } = sandbox.disputes.open(tradeId, 'Wrong colour');
		const { data } = await call(sandbox, '/dispute/respond', {
			dispute_id: disputeId,
			message: 'It was ordered in blue.',
			evidence_urls: ['https://shop.example/receipt.pdf'],
		});
		expect(data).toMatchObject({
			trade_id: tradeId,
			status: 'under_review',
			amount: 10.0001,
			messages: [
				{ author: 'customer', message: 'Wrong colour' },
				{
					author: 'merchant',
					message: 'It was ordered in blue.',
					evidence_urls: ['https://shop.example/receipt.pdf'],
				},
			],
		});
		expect(sandbox.disputes.decide(disputeId, 'won').status).toBe('won');
		const again = { dispute_id: disputeId, message: 'Thanks' };
		expect(await call(sandbox, '/dispute/respond', again)).toMatchObject({ code: 10010 });
	});

	test('is lost when nobody answers in time, and not when somebody did', async () => {
		const silent = sandbox.disputes.open(await paidOrder());
		const answered = sandbox.disputes.open(await paidOrder());
		const answer = { dispute_id: answered.disputeId, message: 'We sent it.' };
		await call(sandbox, '/dispute/respond', answer);
		await sandbox.clock.advance(8 * 86_400);
		expect(sandbox.disputes.get(silent.disputeId).status).toBe('lost');
		expect(sandbox.disputes.get(answered.disputeId).status).toBe('under_review');
	});

	test('can be given up', async () => {
		const { disputeId: dispute_id } = sandbox.disputes.open(await paidOrder());
		const accepted = await call(sandbox, '/dispute/accept', { dispute_id, reason: 'our fault' });
		expect(accepted).toMatchObject({ code: 0, data: { status: 'accepted' } });
		expect(await call(sandbox, '/dispute/accept', { dispute_id })).toMatchObject({ code: 10010 });
	});

	test('is only about money that arrived, and one at a time', async () => {
		const { trade_id } = await addOrder(sandbox);
		expect(() => sandbox.disputes.open(trade_id)).toThrow('order is not paid');
		sandbox.orders.pay(trade_id);
		sandbox.disputes.open(trade_id);
		expect(() => sandbox.disputes.open(trade_id)).toThrow('open dispute already');
	});
});

describe('hooks are told of', () => {
	let shop: Receiver;

	beforeEach(async () => {
		shop = await startReceiver();
		const events = ['refund.succeeded', 'refund.failed', 'dispute.opened', 'dispute.closed'];
		await call(sandbox, '/webhook/add', { url: shop.url, events });
	});

	afterEach(async () => await shop.close());

	const told = async () => {
		await sandbox.deliveries.settled();
		return shop.received.map(({ body }) => JSON.parse(body));
	};

	test('a refund that succeeded or failed, with its order', async () => {
		const tradeId = await paidOrder();
		const one = await refund(tradeId, { amount: 1 });
		const other = await refund(tradeId, { amount: 2 });
		sandbox.refunds.succeed(String(one.data.refund_id));
		expect(await told()).toMatchObject([
			{
				type: 'refund.succeeded',
				data: { refund_id: one.data.refund_id, amount: 1, order: { trade_id: tradeId, status: 2 } },
			},
		]);
		sandbox.refunds.fail(String(other.data.refund_id));
		expect((await told())[1]).toMatchObject({ type: 'refund.failed' });
	});

	test('a dispute that was opened and closed', async () => {
		const { disputeId } = sandbox.disputes.open(await paidOrder());
		expect(await told()).toMatchObject([
			{ type: 'dispute.opened', data: { dispute_id: disputeId, status: 'open' } },
		]);
		sandbox.disputes.decide(disputeId, 'lost');
		expect((await told())[1]).toMatchObject({ type: 'dispute.closed', data: { status: 'lost' } });
	});
});

describe('a list', () => {
	test('comes newest first, page by page, and says how much there is', async () => {
		for (let count = 1; count <= 5; count++) await addOrder(sandbox, { mch_order_id: `o${count}` });
		const { data } = await call(sandbox, '/order/list', { page: 2, page_size: 2 });
		expect(data).toMatchObject({ total: 5, page: 2, page_size: 2 });
		expect(data.list?.map(({ mch_order_id }) => mch_order_id)).toEqual(['o3', 'o2']);
		expect((await call(sandbox, '/order/list', { page: 9, page_size: 2 })).data.list).toEqual([]);
	});

	test.each([
		[{ page_size: 101 }, 'page_size must be from 1 to 100'],
		[{ page_size: 0 }, 'page_size must be from 1 to 100'],
		[{ page: 0 }, 'page must be at least 1'],
		[{ page: 1.5 }, 'page must be a whole number'],
		[{ start_time: 2, end_time: 1 }, 'start_time must not be after end_time'],
		[{ status: 9 }, 'status 9 is unknown'],
	])('is refused for %j', async (filter, message) => {
		expect(await call(sandbox, '/order/list', filter)).toMatchObject({ code: 10001, message });
	});

	test('of orders takes filters, each alone and together', async () => {
		await addOrder(sandbox, { mch_order_id: 'tron' });
		await sandbox.clock.advance(3600);
		await addOrder(sandbox, { mch_order_id: 'bsc', currency: 'BUSD', network: 'bsc' });
		await addOrder(sandbox, { mch_order_id: 'paid', currency: 'USDT', network: 'bsc' });
		sandbox.orders.pay('paid');
		const ids = async (filter: object) =>
			(await listAll('/order/list', filter)).map(({ mch_order_id }) => mch_order_id);
		const now = sandbox.clock.now();
		expect(await ids({})).toEqual(['paid', 'bsc', 'tron']);
		expect(await ids({ status: 2 })).toEqual(['paid']);
		expect(await ids({ status: [1, 3] })).toEqual(['bsc', 'tron']);
		expect(await ids({ status: 'expired' })).toEqual(['tron']);
		expect(await ids({ currency: 'BUSD' })).toEqual(['bsc']);
		expect(await ids({ network: 'bsc', status: 1 })).toEqual(['bsc']);
		expect(await ids({ mch_order_id: 'tron' })).toEqual(['tron']);
		expect(await ids({ start_time: now - 60 })).toEqual(['paid', 'bsc']);
		expect(await ids({ end_time: now - 60 })).toEqual(['tron']);
		const { createdAt } = sandbox.orders.get('tron');
		expect(await ids({ start_time: createdAt, end_time: createdAt })).toEqual(['tron']);
	});

	test('of refunds and disputes takes trade id and status', async () => {
		const one = await paidOrder();
		const other = await paidOrder();
		const { data } = await refund(one, { amount: 1 });
		await refund(other, { amount: 2 });
		sandbox.refunds.succeed(String(data.refund_id));
		sandbox.disputes.open(other);
		expect(await listAll('/refund/list', { trade_id: one })).toMatchObject([{ amount: 1 }]);
		expect(await listAll('/refund/list', { status: 'pending' })).toMatchObject([{ amount: 2 }]);
		expect(await listAll('/refund/list', { status: ['pending', 'succeeded'] })).toHaveLength(2);
		expect(await listAll('/dispute/list', { trade_id: one })).toEqual([]);
		expect(await listAll('/dispute/list', { status: ['open'] })).toHaveLength(1);
		expect(await call(sandbox, '/refund/list', { status: 'eaten' })).toMatchObject({ code: 10001 });
	});

	test('shows nothing of another account', async () => {
		await paidOrder();
		const key = sandbox.sandboxApiKey;
		for (const endpoint of ['/order/list', '/transaction/list', '/refund/list', '/dispute/list']) {
			expect((await call(sandbox, endpoint, {}, { key })).data).toMatchObject({ total: 0 });
		}
	});
});

describe('a history', () => {
	beforeEach(async () => {
		await sandbox.close();
		sandbox = await startSandbox({ seed: 250 });
	});

	test('has so many orders of every kind within thirty days, and tells nobody', async () => {
		const orders = sandbox.orders.all();
		expect(orders).toHaveLength(250);
		const statuses = new Set(orders.map(({ status }) => status));
		for (const status of ['pending', 'paid', 'expired', 'cancelled', 'manual', 'adminPaid']) {
			expect(statuses).toContain(status);
		}
		const now = sandbox.clock.now();
		const ages = orders.map(({ createdAt }) => now - createdAt);
		expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...ages)).toBeLessThanOrEqual(30 * 86_400 + 1);
		expect(sandbox.refunds.all().length).toBeGreaterThan(5);
		expect(sandbox.disputes.all().length).toBeGreaterThan(1);
		expect(sandbox.deliveries.all()).toEqual([]);
		expect(Math.abs(now - Date.now() / 1000)).toBeLessThan(60);
	});

	test('is the same again for the same number', async () => {
		const shape = (one: Sandbox) =>
			one.orders
				.all()
				.map(({ merchantOrderId, amount, network }) => [merchantOrderId, amount, network]);
		const other = await startSandbox({ seed: 250 });
		expect(shape(other)).toEqual(shape(sandbox));
		await other.close();
	});

	test('adds up: statistics are what a recount of the lists gives, in every grouping', async () => {
		const orders = await listAll('/order/list');
		const refunds = (await listAll('/refund/list')).filter(({ status }) => status === 'succeeded');
		const exact = (elements: Array<Record<string, unknown>>, field: string) =>
			Number(formatAmount(sum(elements.map((element) => amountOf(String(element[field]))))));
		const recount = (counted: typeof orders) => {
			const paid = counted.filter(({ status }) => [2, 5, 7].includes(Number(status)));
			const ids = new Set(counted.map(({ trade_id }) => trade_id));
			return {
				total_count: counted.length,
				total_amount: exact(counted, 'amount'),
				paid_count: paid.length,
				paid_amount: exact(paid, 'actual_amount'),
				refunded_amount: exact(
					refunds.filter(({ trade_id }) => ids.has(trade_id)),
					'amount',
				),
			};
		};
		const keys = {
			day: ({ created_at }: Record<string, unknown>) =>
				new Date(Number(created_at) * 1000).toISOString().slice(0, 10),
			currency: ({ currency }: Record<string, unknown>) => currency,
			network: ({ network }: Record<string, unknown>) => network,
		};
		for (const [group_by, key] of Object.entries(keys)) {
			const { data } = await call(sandbox, '/transaction/statistics', { group_by });
			const expected = [...new Set(orders.map(key))].sort().map((value) => ({
				key: value,
				...recount(orders.filter((order) => key(order) === value)),
			}));
			expect(data).toEqual({ ...recount(orders), groups: expected });
		}
		const usdc = { currency: 'USDC' };
		const { data } = await call(sandbox, '/transaction/statistics', usdc);
		const ofUsdc = orders.filter(({ currency }) => currency === 'USDC');
		expect(data).toEqual({ ...recount(ofUsdc), groups: [] });
	});

	test('has a confirmed transaction for every paid order with a hash, and for every refund', async () => {
		const transactions = await listAll('/transaction/list');
		const paid = sandbox.orders.all().filter(({ transactionHash }) => transactionHash !== null);
		const hashes = [
			...paid.map(({ transactionHash }) => transactionHash),
			...sandbox.refunds.all().map(({ transactionHash }) => transactionHash),
		];
		expect(transactions.map(({ hash }) => hash).sort()).toEqual(hashes.sort());
	});
});
