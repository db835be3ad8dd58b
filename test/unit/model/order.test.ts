import {
	orderReferenceOf,
	toCallbackOrder,
	toCheckout,
	toOrder,
} from '../../../nodes/shared/model/order';

const HASH = '5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060';
const USDT = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
const EMPTY = {
	status: 'unknown',
	isPaid: false,
	amount: null,
	actualAmount: null,
	currency: null,
	network: null,
	paymentUrl: null,
	merchantOrderId: null,
	summary: null,
	expiresAt: null,
	expiresInSeconds: null,
	fiatAmount: null,
	exchangeRate: null,
	feeAmount: null,
	address: null,
	tokenContract: null,
	explorerUrl: null,
	createdAt: null,
	transactionHash: null,
	statusCode: null,
	tradeId: null,
};

describe('an order', () => {
	it('from a create', () => {
		expect(
			toOrder({
				trade_id: 'P20261122083015123456',
				currency: 'usdt',
				network: 'tron',
				amount: 25,
				actual_amount: 25.0012,
				address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
				expiration_time: 1795420800,
				payment_url: 'https://pay.example.com/P1',
			}),
		).toEqual({
			...EMPTY,
			tradeId: 'P20261122083015123456',
			amount: '25',
			actualAmount: '25.0012',
			summary: '25.0012 USDT on Tron (TRC-20), in a state that is not known',
			currency: 'USDT',
			network: 'tron',
			paymentUrl: 'https://pay.example.com/P1',
			expiresAt: '2026-11-23T08:00:00.000Z',
			address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
		});
	});

	it('from a look-up, with the status as word or number and the hash under its name there', () => {
		const wire = { trade_id: 'P1', mch_order_id: 'shop-1', network: 'tron', tx_hash: HASH };
		const paid = {
			...EMPTY,
			tradeId: 'P1',
			merchantOrderId: 'shop-1',
			network: 'tron',
			status: 'paid',
			statusCode: 2,
			isPaid: true,
			transactionHash: HASH,
			explorerUrl: `https://tronscan.org/#/transaction/${HASH}`,
		};
		expect(toOrder({ ...wire, status: 2 })).toEqual(paid);
		expect(toOrder({ ...wire, status: 'paid' })).toEqual(paid);
		expect(toOrder({ ...wire, status: '2' })).toEqual(paid);
	});

	it('from a checkout, under the new and the old name of the link', () => {
		expect(toOrder({ trade_id: 'P1', checkout_url: 'https://pay.example.com/c/1' })).toEqual({
			...EMPTY,
			tradeId: 'P1',
			paymentUrl: 'https://pay.example.com/c/1',
		});
		expect(toOrder({ payment_url: 'https://pay.example.com/1' }).paymentUrl).toBe(
			'https://pay.example.com/1',
		);
	});

	it('from a callback, whose order_no is the merchant’s own id, and whose amount is what was paid', () => {
		expect(
			toCallbackOrder({
				order_no: 'shop-1',
				trade_id: 'P1',
				status: 2,
				amount: 25.0012,
				fiat_amount: 25,
				exchange_rate: 1,
				currency: 'USDT',
				currency_name: 'usdt',
				network: 'Ethereum',
				contract_addr: USDT,
				hash: `0x${HASH}`,
				wallet_address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
				environment: 'production',
				event_id: 'evt_1',
			}),
		).toEqual({
			...EMPTY,
			tradeId: 'P1',
			merchantOrderId: 'shop-1',
			status: 'paid',
			statusCode: 2,
			isPaid: true,
			amount: '25',
			actualAmount: '25.0012',
			summary: '25.0012 USDT on Ethereum (ERC-20), paid',
			fiatAmount: '25',
			exchangeRate: '1',
			tokenContract: USDT,
			currency: 'USDT',
			network: 'ethereum',
			address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
			transactionHash: `0x${HASH}`,
			explorerUrl: `https://etherscan.io/tx/0x${HASH}`,
		});
	});

	it('from an old callback, with the hash under its old names', () => {
		expect(toOrder({ hash: '', tx_hash: HASH }).transactionHash).toBe(HASH);
		expect(toOrder({ transaction_id: HASH }).transactionHash).toBe(HASH);
		expect(toOrder({ transaction_hash: HASH }).transactionHash).toBe(HASH);
	});

	it('has its expiry under either name', () => {
		const expiresAt = '2026-11-23T08:00:00.000Z';
		expect(toOrder({ expires_at: 1795420800 }).expiresAt).toBe(expiresAt);
		expect(toOrder({ expiration_time: null, expires_at: 1795420800 }).expiresAt).toBe(expiresAt);
		expect(toOrder({ created_at: 1795420800 }).createdAt).toBe(expiresAt);
	});

	it.each([
		[0, 'checkout', false],
		[1, 'pending', false],
		[2, 'paid', true],
		[3, 'expired', false],
		[4, 'cancelled', false],
		[5, 'manual', true],
		[6, 'confirming', false],
		[7, 'admin_paid', true],
	])('with status %i is %s; paid: %p', (statusCode, status, isPaid) => {
		expect(toOrder({ status: statusCode })).toMatchObject({ statusCode, status, isPaid });
	});

	it.each([
		['https://pay.example.com/pay/P20261122083015', 'P20261122083015'],
		['https://pay.example.com/pay/P20261122083015/?locale=en', 'P20261122083015'],
		['https://pay.example.com/pay/short', null],
		['https://pay.example.com/checkout/P20261122083015', null],
	])('from a checkout without a trade ID has that of its page %s: %p', (url, tradeId) => {
		expect(toCheckout({ checkout_url: url })).toMatchObject({ paymentUrl: url, tradeId });
		expect(toCheckout({ payment_url: url, trade_id: 'P1' }).tradeId).toBe('P1');
	});

	it('from a callback that tells no total has none', () => {
		const order = toCallbackOrder({ order_no: 'shop-1', status: 2, amount: 25.0012 });
		expect(order).toMatchObject({ amount: null, actualAmount: '25.0012' });
	});

	it('is cancelled with one letter l too', () => {
		expect(toOrder({ status: 'Canceled' })).toMatchObject({ status: 'cancelled', statusCode: 4 });
	});

	it.each([
		[8, 8],
		[99, 99],
		['settled', null],
		['8', 8],
		[null, null],
		[undefined, null],
		[{}, null],
	])('with the unknown status %p is never paid', (status, statusCode) => {
		expect(toOrder({ status })).toEqual({ ...EMPTY, statusCode });
	});

	it('marked paid by hand may have no transaction', () => {
		expect(toOrder({ status: 7, hash: '' })).toMatchObject({
			isPaid: true,
			transactionHash: null,
			explorerUrl: null,
		});
	});

	it('of which nothing is known has every field all the same', () => {
		expect(toOrder({})).toEqual(EMPTY);
	});

	it('has its columns in the order in which a person reads them, IDs last', () => {
		const columns = Object.keys(EMPTY);
		expect(Object.keys(toOrder({}))).toEqual(columns);
		expect(Object.keys(toCallbackOrder({ fiat_amount: 1 }))).toEqual(columns);
		expect(Object.keys(toCheckout({}))).toEqual(columns);
	});

	it.each([
		[
			{ status: 2, amount: 12.5, currency: 'usdt', network: 'tron' },
			'12.50 USDT on Tron (TRC-20), paid',
		],
		[
			{ status: 1, amount: 12, actual_amount: 12.0012, currency: 'USDC', network: 'Base' },
			'12.0012 USDC on Base, waiting for payment',
		],
		[{ status: 0, amount: 12 }, '12.00, no way to pay chosen yet'],
		[{ status: 5, amount: '0.1', currency: 'DAI' }, '0.10 DAI, paid (credited by hand)'],
		[{ status: 99, amount: 1 }, '1.00, in a state that is not known'],
		[{ status: 4, currency: 'USDT' }, null],
	])('says in a sentence how it stands: %j', (wire, sentence) => {
		expect(toOrder(wire).summary).toBe(sentence);
	});

	it('says in a callback what was paid, not the total', () => {
		const wire = { status: 2, amount: 25.0012, fiat_amount: 25, currency: 'USDT', network: 'Tron' };
		expect(toCallbackOrder(wire).summary).toBe('25.0012 USDT on Tron (TRC-20), paid');
	});

	it.each([
		[1, 90_000, 90],
		[1, 90_999, 90],
		[0, 1, 0],
		[6, -5000, 0],
		[2, 90_000, null],
		[3, -5000, null],
		[99, 90_000, null],
	])('with status %i that expires in %i ms says so in seconds: %p', (status, left, seconds) => {
		const now = Date.UTC(2026, 10, 22);
		const wire = { status, expires_at: new Date(now + left).toISOString() };
		expect(toOrder(wire, now).expiresInSeconds).toBe(seconds);
		expect(toOrder({ status }, now).expiresInSeconds).toBeNull();
	});

	it('has its fee under either name', () => {
		expect(toOrder({ fee_amount: '0.10' }).feeAmount).toBe('0.1');
		expect(toOrder({ fee: 0.25 }).feeAmount).toBe('0.25');
	});
});

describe('The reference to an order', () => {
	it.each([
		[{ tradeId: 'T1', merchantOrderId: 'shop-1' }, { trade_id: 'T1' }],
		[{ tradeId: 'T1', merchantOrderId: null }, { trade_id: 'T1' }],
		[{ tradeId: null, merchantOrderId: 'shop-1' }, { mch_order_id: 'shop-1' }],
	])('of %j is %j', (order, reference) => {
		expect(orderReferenceOf(order)).toEqual(reference);
	});
});
