import { ENDPOINTS, type EndpointName } from '../../../nodes/shared/api/endpoints';
import type { Thing } from '../../../nodes/shared/api/shapes/shape';
import { LISTED } from '../../../nodes/shared/api/shapes/table';
import type { RequestBody } from '../../../nodes/shared/model/json';
import { Decimal } from '../../../nodes/shared/model/money';

type Found = { value: Record<string, unknown>; wire: unknown };

/** What an endpoint's shape makes of `data`; `undefined` where it is not what was asked for. */
function read(name: EndpointName, data: unknown, asked: RequestBody = {}): Found | undefined {
	return ENDPOINTS[name].answers.read(data, asked)?.answer as Found | undefined;
}

const HASH = '5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060';
const BY: Partial<Record<EndpointName, RequestBody>> = {
	orderAdd: { mch_order_id: 'shop-1', amount: Decimal.parse('25') },
	orderCheckout: { mch_order_id: 'shop-1', amount: Decimal.parse('25') },
	orderDetail: { trade_id: 'P1' },
	orderCancel: { trade_id: 'P1' },
	refundAdd: { trade_id: 'P1', mch_refund_id: 'r-1' },
	refundDetail: { refund_id: 'R1' },
	refundCancel: { refund_id: 'R1' },
	disputeDetail: { dispute_id: 'D1' },
	disputeRespond: { dispute_id: 'D1' },
	disputeAccept: { dispute_id: 'D1' },
	transactionDetail: { transaction_id: 'T1' },
};

describe('whatever was asked for', () => {
	const everything = (Object.keys(ENDPOINTS) as EndpointName[]).filter(
		(name) => ENDPOINTS[name].answers.name !== 'nothing',
	);

	it.each(everything)('%s is not answered by something else', (name) => {
		const others: unknown[] = [
			{},
			{ ok: true },
			{ status: 'success' },
			{ data: { trade_id: 'P1' } },
			{ order: { trade_id: 'P1' }, result: [] },
			'P1',
			'',
			0,
			1,
			true,
			false,
			[[]],
			['P1'],
			[{ id: 1 }],
			{ list: 'none' },
			{ list: {} },
			{ list: [{ id: 1 }] },
			{ items: [7] },
		];
		for (const data of others) expect(read(name, data, BY[name])).toBeUndefined();
	});
});

describe('an order', () => {
	it.each([
		[{ trade_id: 'P1' }, { trade_id: 'P1' }],
		[
			{ trade_id: 'P1', mch_order_id: 'other' },
			{ trade_id: 'P1', mch_order_id: 'shop-1' },
		],
		[{ mch_order_id: 'shop-1' }, { mch_order_id: 'shop-1' }],
		[{ order_no: 'shop-1' }, { mch_order_id: 'shop-1' }],
		[{ trade_id: 7 }, { trade_id: '7' }],
	])('is proven by the ID that was asked for: %j for %j', (data, asked) => {
		expect(read('orderDetail', data, asked)?.wire).toBe(data);
	});

	it.each([
		[{ trade_id: 'P2' }, { trade_id: 'P1' }],
		[{ mch_order_id: 'shop-1' }, { trade_id: 'P1' }],
		[{ trade_id: 'P1' }, { mch_order_id: 'shop-1' }],
		[{ trade_id: 'p1' }, { trade_id: 'P1' }],
		[{ trade_id: 'P1', refund_id: 'R1' }, { trade_id: 'P1' }],
		[{ trade_id: 'P1', dispute_id: 'D1' }, { trade_id: 'P1' }],
		[[{ trade_id: 'P1' }], { trade_id: 'P1' }],
		[{ trade_id: 'P1' }, {}],
		[null, { trade_id: 'P1' }],
	])('is not proven by %j for %j', (data, asked) => {
		expect(read('orderDetail', data, asked)).toBeUndefined();
	});

	it('that was made has what was asked for where the answer leaves it out', () => {
		const asked = { ...BY.orderAdd, currency: 'USDT', network: 'tron' };
		const data = { trade_id: 'P1', amount: null, currency: '' };
		expect(read('orderAdd', data, asked)?.value).toMatchObject({
			tradeId: 'P1',
			merchantOrderId: 'shop-1',
			amount: '25',
			currency: 'USDT',
			network: 'tron',
			status: 'pending',
		});
	});

	it('that was cancelled may be answered by no data at all, and then it is cancelled', () => {
		expect(read('orderCancel', null, BY.orderCancel)).toMatchObject({
			value: { tradeId: 'P1', status: 'cancelled', statusCode: 4, isPaid: false },
			wire: {},
		});
		expect(read('orderCancel', { trade_id: 'P1', status: 2 }, BY.orderCancel)?.value).toMatchObject(
			{
				status: 'paid',
				isPaid: true,
			},
		);
	});
});

describe('a checkout link', () => {
	const url = 'https://pay.example.com/pay/P20261122083015';

	it.each([
		[{ checkout_url: url }, 'P20261122083015'],
		[{ payment_url: url, trade_id: 'P1' }, 'P1'],
		[{ checkout_url: 'https://pay.example.com/c?id=7' }, null],
	])('is proven by its URL: %j', (data, tradeId) => {
		const found = read('orderCheckout', data, BY.orderCheckout);
		expect(found?.value).toMatchObject({ tradeId, merchantOrderId: 'shop-1', status: 'checkout' });
	});

	it('whose method is set waits for its payment', () => {
		const asked = { ...BY.orderCheckout, currency: 'USDT', network: 'tron' };
		expect(read('orderCheckout', { checkout_url: url }, asked)?.value.status).toBe('pending');
	});

	it.each([
		[{ trade_id: 'P1' }],
		[{ checkout_url: '/pay/P1' }],
		[{ checkout_url: 'javascript:x' }],
	])('is not proven by %j', (data) => {
		expect(read('orderCheckout', data, BY.orderCheckout)).toBeUndefined();
	});
});

describe('a refund, a dispute, a transaction', () => {
	it('are proven by the ID that was asked for', () => {
		expect(
			read('refundDetail', { refund_id: 'R1', status: 'canceled' }, BY.refundDetail)?.value,
		).toMatchObject({ refundId: 'R1', status: 'cancelled' });
		expect(read('refundDetail', { refund_id: 'R2' }, BY.refundDetail)).toBeUndefined();
		expect(read('refundDetail', { mch_refund_id: 'r-1' }, { mch_refund_id: 'r-1' })).toBeDefined();
		expect(read('disputeDetail', { dispute_id: 'D1' }, BY.disputeDetail)).toBeDefined();
		expect(read('disputeDetail', { trade_id: 'P1' }, BY.disputeDetail)).toBeUndefined();
	});

	it.each([
		[{ hash: HASH }, HASH],
		[{ tx_hash: `0x${HASH}` }, HASH],
		[{ transaction_hash: HASH.toUpperCase() }, `0x${HASH}`],
	])('by its hash in any spelling: %j for %s', (data, hash) => {
		expect(read('transactionDetail', data, { hash })).toBeDefined();
		expect(read('transactionDetail', data, { hash: 'f'.repeat(64) })).toBeUndefined();
	});

	it('that are changed may be answered by no data', () => {
		expect(read('refundCancel', null, BY.refundCancel)?.value).toMatchObject({
			refundId: 'R1',
			status: 'cancelled',
		});
		expect(read('disputeAccept', undefined, BY.disputeAccept)?.value).toMatchObject({
			disputeId: 'D1',
			status: 'accepted',
		});
		const ours = { dispute_id: 'D1', reason: 'The parcel was lost' };
		expect(read('disputeAccept', { dispute_id: 'D1' }, ours)?.value.reason).toBeNull();
		expect(read('disputeRespond', null, BY.disputeRespond)?.value).toMatchObject({
			disputeId: 'D1',
			status: null,
		});
	});

	it('that is made is proven by the ID that PonponPay gave it', () => {
		expect(read('refundAdd', { refund_id: 'R1' }, BY.refundAdd)?.value).toMatchObject({
			refundId: 'R1',
			merchantRefundId: 'r-1',
			tradeId: 'P1',
		});
		expect(read('refundAdd', { mch_refund_id: 'r-1' }, BY.refundAdd)).toBeUndefined();
		expect(read('refundAdd', null, BY.refundAdd)).toBeUndefined();
	});
});

describe('a list', () => {
	const list = [{ trade_id: 'P1' }, { trade_id: 'P2' }];
	const page = (data: unknown) =>
		ENDPOINTS.orderList.answers.read(data, {})?.answer ?? 'no list of orders';

	it.each([
		[list],
		[{ list }],
		[{ items: list }],
		[{ records: list }],
		[{ rows: list }],
		[{ data: list }],
		[{ orders: list }],
		[{ list: [null, ...list] }],
		[{ list: [], orders: list }],
	])('is found in %j', (data) => {
		expect(page(data)).toMatchObject({ elements: [{ wire: list[0] }, { wire: list[1] }] });
	});

	it.each([[null], [undefined], [[]], [{ list: null }], [{ items: [] }], [{ total: 0 }]])(
		'is empty in %j',
		(data) => {
			expect(page(data)).toMatchObject({ elements: [] });
		},
	);

	it.each([
		[{ refunds: [] }],
		[{ total: 3 }],
		[{ list: [], total: 3 }],
		[{ list: null, total_count: '3' }],
		[{ items: [], count: 3 }],
		[{ list: [{ refund_id: 'R1', trade_id: 'P1' }] }],
		[{ list: null, results: list }],
		[{ list: [], result: list }],
		[{ total: 0, results: list }],
	])('is none in %j', (data) => {
		expect(page(data)).toBe('no list of orders');
	});

	it.each([
		[{ list, total: 3 }, 3],
		[{ list, total: '3' }, 3],
		[{ list, total_count: 3 }, 3],
		[{ list, count: 3 }, 3],
		[{ list, count: 2 }, undefined],
		[{ list, total: 1 }, undefined],
		[{ list, total: -3 }, undefined],
		[{ list, total: 'many' }, undefined],
		[list, undefined],
	])('%j has the total %p', (data, total) => {
		expect(page(data)).toMatchObject({ total });
	});

	it.each([
		['orderList', { created_at: 99 }, false],
		['orderList', { created_at: '201' }, false],
		['refundList', { created_at: 99 }, false],
		['disputeList', { created_at: 201 }, false],
		['transactionList', { created_at: 201 }, false],
		['orderList', { created_at: 100 }, true],
		['orderList', { created_at: 200 }, true],
		// Nobody knows of which place a text without a zone is.
		['orderList', { created_at: '1970-01-01 00:00:01' }, true],
		['orderList', {}, true],
	] as const)('of %s is filtered here by time: %j, %s', (name, wire, fits) => {
		const thing: Thing<never> = LISTED[name] as never;
		const answer = { value: thing.read(wire as never), wire };
		expect(thing.fits(answer, { start_time: 100, end_time: 200 })).toBe(fits);
	});

	it.each(['disputeList', 'transactionList', 'refundList'] as const)(
		'of %s keeps what does not name its order',
		(name) => {
			const thing: Thing<never> = LISTED[name] as never;
			const of = (wire: object) => ({ value: thing.read(wire as never), wire: { ...wire } });
			expect(thing.fits(of({}), { trade_id: 'P1' })).toBe(true);
			expect(thing.fits(of({ trade_id: 'P2' }), { trade_id: 'P1' })).toBe(false);
		},
	);
});

describe('a webhook that was registered', () => {
	const asked = { url: 'https://shop.example.com/hook', events: ['order.paid', 'order.cancelled'] };
	const differs = (wire: object) => {
		const shape = ENDPOINTS.webhookAdd.answers;
		const read = shape.read({ webhook_id: 'W1', ...wire }, asked as never);
		return read && shape.differs?.(read.answer, asked as never);
	};

	it.each([
		[{}],
		[{ url: 'https://SHOP.example.com/hook/' }],
		[{ events: ['Order.Paid', 'order.canceled'] }],
		[{ events: ['*'] }],
	])('is the one that was asked for: %j', (wire) => {
		expect(differs(wire)).toBeUndefined();
	});

	it.each([
		[{ url: 'https://other.example.com/hook' }, /its URL is/],
		[{ events: ['order.cancelled'] }, /it does not tell of order\.paid/],
	])('is not the one that was asked for: %j', (wire, words) => {
		expect(differs(wire)).toMatch(words);
	});
});

describe('a merchant, methods, statistics, webhooks', () => {
	it('are proven by what makes them so', () => {
		expect(read('merchantDetail', { mch_id: 7, mch_name: 'Shop' })?.value).toMatchObject({
			merchantId: '7',
			name: 'Shop',
		});
		expect(read('merchantDetail', { name: 'Shop' })).toBeUndefined();
		const hook = { webhook_id: 7, url: 'https://n8n.example.com', secret: 's' };
		expect(read('webhookAdd', hook)?.value).toMatchObject({ webhookId: '7', secret: 's' });
	});

	it.each([
		[{ methods: [{ network: 'Tron', currencies: ['usdt'] }] }],
		[[{ network: 'tron', currencies: [{ symbol: 'USDT' }] }]],
		[{ list: [{ network: 'tron', currencies: ['USDT'] }, { network: 'none' }] }],
	])('methods are read from %j', (data) => {
		const methods = [{ network: 'tron', currencies: ['USDT'] }];
		expect(read('paymentMethods', data)?.value).toEqual(methods);
	});

	it('methods may be none', () => {
		expect(read('paymentMethods', { methods: null })?.value).toEqual([]);
		expect(read('paymentMethods', null)).toBeUndefined();
	});

	it('statistics have sums, and groups where they were asked for', () => {
		const sums = { total_count: '3', paid_amount: '2.5' };
		expect(read('transactionStatistics', sums)?.value).toMatchObject([
			{ totalCount: 3, paidAmount: '2.5' },
		]);
		const byDay = { group_by: 'day' };
		expect(read('transactionStatistics', sums, byDay)).toBeUndefined();
		expect(read('transactionStatistics', { ...sums, groups: null }, byDay)?.value).toEqual([]);
	});

	it('nothing is all that a deletion needs', () => {
		expect(ENDPOINTS.webhookDelete.answers.read({ any: 1 }, {})).toEqual({ answer: undefined });
	});
});
