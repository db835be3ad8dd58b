import { createPaymentRequest } from '../../../nodes/PonponPay/actions/refund/createPaymentRequest.operation';
import { failureOf, refusal, success, type Step } from '../api/support';
import { NOT_OFFERED, byTradeId, run } from './support';

const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const TRON = 'TNpx4MRCx7ZQG4KqcQVj1oLCyW67WB67tm';
const SOLANA = '7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv';
const SHOP = '0xdAC17F958D2ee523a2206206994597C13D831ec8';
const USDT_ON_POLYGON = '0xc2132D05D31c914a87C6611C10748AEb04B58e8F';
const PAID = {
	trade_id: 'P1',
	mch_order_id: 'shop/1',
	status: 2,
	amount: 25,
	actual_amount: 25.0012,
	currency: 'USDT',
	network: 'polygon',
	address: SHOP.toLowerCase(),
};
const page = (...list: unknown[]) => success({ list, total: list.length, page: 1, page_size: 100 });
const refund = (amount: number | undefined, status: string) => ({
	refund_id: `R-${amount}-${status}`,
	amount,
	status,
});

/** What the operation gives for an order, and the file that it attaches. */
async function request(fields: Record<string, unknown>, order = {}, ...list: Step[]) {
	const attached: unknown[][] = [];
	const attach = async (...file: unknown[]) => void attached.push(file);
	const given = { order: byTradeId('P1'), address: EVM, alreadyAskedFor: '0', attach, ...fields };
	const script = [success({ ...PAID, ...order }), ...(list.length > 0 ? list : [page()])];
	const { output, sent, hints } = await run(createPaymentRequest, given, ...script);
	return { output, sent, hints, attached };
}

describe('a payment request for a refund', () => {
	it('asks for all that is left, with everything a wallet needs, and sends nothing', async () => {
		const { output, sent, attached } = await request({});
		expect(output).toEqual({
			summary: `Send exactly 25.0012 USDT on Polygon to ${EVM}`,
			amount: '25.0012',
			currency: 'USDT',
			network: 'polygon',
			address: EVM,
			tokenContract: USDT_ON_POLYGON,
			baseUnits: '25001200',
			walletUri: `ethereum:${USDT_ON_POLYGON}@137/transfer?address=${EVM}&uint256=25001200`,
			qrContent: output.walletUri,
			qrKind: 'eip681',
			paid: '25.0012',
			alreadyAskedFor: '0',
			listedRefunds: '0',
			left: '25.0012',
			leftAfterwards: '0',
			merchantOrderId: 'shop/1',
			tradeId: 'P1',
		});
		expect(sent.map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual([
			'order/detail',
			'refund/list',
		]);
		expect(attached).toEqual([['data', expect.any(Buffer), 'refund-qr-shop_1.png', 'image/png']]);
	});

	it('adds what PonponPay lists to what the records of the shop say, and leaves out what moved nothing', async () => {
		const { output } = await request(
			{ alreadyAskedFor: '10.0002' },
			{},
			page(refund(5, 'succeeded'), refund(7, 'failed'), refund(1, 'pending')),
		);
		expect(output).toMatchObject({
			amount: '9.001',
			alreadyAskedFor: '16.0002',
			listedRefunds: '6',
			left: '9.001',
			leftAfterwards: '0',
		});
	});

	it.each(['0.1 + 0.2', '0.3', ' 0 + 0.3 ', 0.3])(
		'adds up what the records say: %s',
		async (given) => {
			const { output } = await request({ alreadyAskedFor: given });
			expect(output).toMatchObject({ alreadyAskedFor: '0.3', left: '24.7012' });
		},
	);

	it('of a part says what is left afterwards', async () => {
		const { output } = await request({ amount: '5', alreadyAskedFor: '10' });
		expect(output).toMatchObject({ amount: '5', left: '15.0012', leftAfterwards: '10.0012' });
	});

	it('does without the list where PonponPay has none, and says that it knows of none', async () => {
		const { output } = await request({ alreadyAskedFor: '4' }, {}, ...NOT_OFFERED);
		expect(output).toMatchObject({ alreadyAskedFor: '4', listedRefunds: null, left: '21.0012' });
	});

	it('is not made where the list is there and cannot be read', async () => {
		const failure = await failureOf(request({}, {}, refusal(10001, 'no such filter')));
		expect(failure.kind).toBe('refused');
	});

	it.each([
		['solana', 'USDC', SOLANA, 'solanaPay', /^solana:7S3P\w+\?amount=25\.0012&spl-token=EPjF\w+$/],
		['tron', 'USDT', TRON, 'address', null],
	])('on %s is what wallets there understand', async (network, currency, address, kind, uri) => {
		const place = { network, currency, address: null };
		const { output, hints } = await request({ address }, place);
		expect(output.qrKind).toBe(kind);
		expect(output.tokenContract).toEqual(expect.any(String));
		expect(output.baseUnits).toBe('25001200');
		if (uri === null) {
			expect(output).toMatchObject({ walletUri: null, qrContent: TRON });
			expect(hints).toEqual([
				expect.stringContaining('send exactly 25.0012 USDT on Tron (TRC-20)'),
			]);
		} else expect(output.walletUri).toMatch(uri);
	});

	it.each([
		['base', 'USDT'],
		['polygon', 'USDC'],
		['bsc', 'BUSD'],
	])('on %s names no contract of %s, which it cannot know', async (network, currency) => {
		const { output, hints } = await request({}, { network, currency });
		expect(output).toMatchObject({
			tokenContract: null,
			baseUnits: null,
			walletUri: null,
			qrContent: EVM,
		});
		expect(hints.join()).toContain(`More than one token may be called ${currency}`);
	});

	it.each([
		['manual', 5, 'marked as paid by hand (manual)'],
		['admin_paid', 7, 'marked as paid by hand (admin_paid)'],
	])('of an order that is %s asks to look what really came', async (_word, status, hint) => {
		const { hints } = await request({}, { status });
		expect(hints).toEqual([expect.stringContaining(hint)]);
	});

	it('of test money says that nobody should pay it', async () => {
		const byId = { order: byTradeId('SB1') };
		const { hints } = await request(byId, { trade_id: 'SB1' });
		expect(hints).toEqual([expect.stringContaining('nobody should pay this QR code')]);
	});

	it.each([
		['an unpaid order', {}, { status: 1 }, 'is pending; only a paid order can be refunded'],
		['an expired order', {}, { status: 3 }, 'is expired; only a paid order can be refunded'],
		['more than was paid', { amount: '26' }, {}, 'must not be more than what is left of the order'],
		[
			'more than is left',
			{ amount: '16', alreadyAskedFor: '10' },
			{},
			'(paid 25.0012, already asked for 10, left 15.0012 USDT)',
		],
		['an order of which all was asked for', { alreadyAskedFor: '25.0012' }, {}, 'has nothing left'],
		[
			'a network nobody knows',
			{},
			{ network: 'moon' },
			'USDT on Moon that this node does not know',
		],
		['a network that is not told', {}, { network: undefined }, 'on a network that this node does'],
		['a currency that is not told', {}, { currency: undefined }, 'a currency on Polygon that this'],
		['records that are missing', { alreadyAskedFor: '' }, {}, 'Already Asked For must be a number'],
		['records that are half missing', { alreadyAskedFor: '5 + ' }, {}, 'must be a number with a'],
		['a record below zero', { alreadyAskedFor: '5 + -1' }, {}, 'must be zero or more'],
		['records below zero', { alreadyAskedFor: '-1' }, {}, 'must be zero or more'],
		[
			'more decimals than the token has',
			{ amount: '1.0000001' },
			{},
			'must have at most 6 decimals',
		],
		['no address', { address: '' }, {}, 'Customer Address must be given'],
		['the address of the shop', { address: SHOP.toLowerCase() }, {}, 'the order was paid to'],
		['an address of Tron', { address: TRON }, {}, 'must be an address of this network'],
		[
			'a mistyped address',
			{ address: EVM.replace('BeAed', 'beAed') },
			{},
			'must be an address of this network',
		],
		[
			'a mistyped address of Tron',
			{ address: TRON.replace('4M', '4N') },
			{ network: 'tron' },
			'must be a Tron address',
		],
		[
			'a mistyped address of Solana',
			{ address: SOLANA.slice(1) + 'zz' },
			{ network: 'solana' },
			'must be a Solana address',
		],
	])('is refused for %s', async (_what, fields, order, sentence) => {
		await expect(request(fields, order)).rejects.toThrow(sentence);
	});

	it('is refused where a refund was made of nobody knows how much', async () => {
		const list = page(refund(undefined, 'pending'));
		await expect(request({}, {}, list)).rejects.toThrow('whose amount PonponPay does not tell');
	});
});
