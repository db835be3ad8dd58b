import { createRefund } from '../../../nodes/PonponPay/actions/refund/createRefund.operation';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { failureOf, fault, refusal, success } from '../api/support';
import { byTradeId, run } from './support';

const WALLET = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const PAID = {
	trade_id: 'P1',
	status: 2,
	amount: 25,
	actual_amount: 25.0012,
	currency: 'USDT',
	network: 'polygon',
};
const REFUND = {
	refund_id: 'R1',
	mch_refund_id: 'n8n-refund-1',
	trade_id: 'P1',
	amount: 10,
	address: WALLET,
	status: 'pending',
};
const page = (...list: unknown[]) => success({ list, total: list.length, page: 1, page_size: 100 });
const earlier = (amount: number, status = 'succeeded') => ({
	refund_id: `R-${amount}-${status}`,
	mch_refund_id: 'other',
	amount,
	status,
});

const fields = { order: byTradeId('P1'), amount: '10' };
const orderAnd = (...refunds: unknown[]) => [success(PAID), page(...refunds)];

describe('creating a refund', () => {
	it('looks at order and refunds, then sends amount, order and an id of ours', async () => {
		const { output, sent } = await run(createRefund, fields, ...orderAnd(), success(REFUND));
		expect(output).toMatchObject({ refundId: 'R1', amount: '10', status: 'pending' });
		expect(sent.map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual([
			'order/detail',
			'refund/list',
			'refund/add',
		]);
		expect(sent[2].body).toEqual({ trade_id: 'P1', mch_refund_id: 'n8n-refund-1', amount: 10 });
	});

	it('of all that is left sends no amount', async () => {
		const { sent } = await run(
			createRefund,
			{ ...fields, amount: '' },
			...orderAnd(),
			success(REFUND),
		);
		expect(sent[2].body).not.toHaveProperty('amount');
	});

	it('may take the last of it, to the last digit, and no more', async () => {
		const refunds = orderAnd(earlier(10), earlier(5, 'pending'), earlier(9, 'failed'));
		const last = { ...fields, amount: '10.0012' };
		const { output } = await run(
			createRefund,
			last,
			...refunds,
			success({ ...REFUND, amount: 10.0012 }),
		);
		expect(output.refundId).toBe('R1');

		const tooMuch = run(createRefund, { ...fields, amount: '10.001201' }, ...refunds);
		await expect(tooMuch).rejects.toThrow(InvalidInput);
		await expect(tooMuch).rejects.toThrow(
			'Amount must not be more than what is left of the order (paid 25.0012, refunded so far 15, left 10.0012 USDT); empty, all of that is sent back. It is "10.001201".',
		);
	});

	it('is refused, and nothing sent, where nothing is left', async () => {
		const all = run(createRefund, { ...fields, amount: '' }, ...orderAnd(earlier(25.0012)));
		await expect(all).rejects.toThrow(/nothing left to refund \(paid 25.0012, .* left 0 USDT\)/);
	});

	it.each([0, 1, 3, 4, 6, 9])(
		'of an order with status %i is refused, and nothing sent',
		async (status) => {
			await expect(run(createRefund, fields, success({ ...PAID, status }))).rejects.toThrow(
				/only a paid order can be refunded/,
			);
		},
	);

	it('to a mistyped wallet is refused, and nothing sent', async () => {
		const mistyped = { ...fields, options: { address: WALLET.replace('5aA', '5aa') } };
		await expect(run(createRefund, mistyped, success(PAID))).rejects.toThrow(
			/^Address \(network polygon\)/,
		);
	});

	it('that broke off is looked up by our id and not sent twice', async () => {
		const { output, sent } = await run(
			createRefund,
			fields,
			...orderAnd(),
			fault('interrupted'),
			success(REFUND),
		);
		expect(output.refundId).toBe('R1');
		expect(sent[3]).toMatchObject({ body: { mch_refund_id: 'n8n-refund-1' } });
		expect(sent).toHaveLength(4);
	});

	it('made by an earlier try does not stand in its own way', async () => {
		const full = { ...REFUND, amount: 25.0012 };
		const { output } = await run(
			createRefund,
			{ ...fields, amount: '25.0012' },
			...orderAnd(full),
			refusal(10001, 'mch_refund_id already exists'),
			success(full),
		);
		expect(output).toMatchObject({ refundId: 'R1', amount: '25.0012' });
	});

	it.each([
		[{ trade_id: 'P2' }, 'it refunds the order P2'],
		[{ amount: 9 }, 'its amount is 9 instead of 10'],
		[{ address: '0x0000000000000000000000000000000000000001' }, 'it goes to 0x0000'],
	])('is refused where its id belongs to another refund: %j', async (other, told) => {
		const outcome = run(
			createRefund,
			{ ...fields, options: { address: WALLET } },
			...orderAnd(),
			refusal(10001, 'mch_refund_id already exists'),
			success({ ...REFUND, ...other }),
		);
		expect((await failureOf(outcome)).details.detail).toContain(told);
	});

	it('knows its wallet again, whichever case PonponPay writes it in', async () => {
		const { output } = await run(
			createRefund,
			{ ...fields, options: { address: WALLET } },
			...orderAnd(),
			fault('interrupted'),
			success({ ...REFUND, address: WALLET.toLowerCase() }),
		);
		expect(output.refundId).toBe('R1');
	});
});
