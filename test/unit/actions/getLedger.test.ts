import { getLedger } from '../../../nodes/PonponPay/actions/order/getLedger.operation';
import { failureOf, success } from '../api/support';
import { NOT_OFFERED, run } from './support';

const HASH = '9f3c5a1be07d42c8a6b1f0d97e35284c6d0a9b8e7f1c2d3e4f5a6b7c8d9ee21b';
const page = (...list: unknown[]) => success({ list, total: list.length, page: 1, page_size: 100 });
const at = (time: string) => Date.parse(time) / 1000;
const PAID = {
	trade_id: 'A',
	mch_order_id: 'shop-1',
	status: 2,
	amount: 25,
	actual_amount: 25.0012,
	currency: 'USDT',
	network: 'tron',
	tx_hash: HASH,
	created_at: at('2026-11-02T20:00:00Z'),
};
const SENT_BACK = {
	refund_id: 'R1',
	trade_id: 'A',
	status: 'succeeded',
	amount: 5.5,
	currency: 'USDT',
	network: 'tron',
	hash: HASH.replace('9f', 'aa'),
	created_at: at('2026-11-01T09:00:00Z'),
};
const rowsOf = ({ output }: Awaited<ReturnType<typeof run>>) =>
	output as unknown as Array<Record<string, unknown>>;

describe('the ledger', () => {
	it('has a row for each payment and refund, oldest first, in the time zone of the workflow', async () => {
		const found = await run(
			getLedger,
			{ timezone: 'Asia/Shanghai' },
			page(PAID),
			page(SENT_BACK, { ...SENT_BACK, refund_id: 'R2', status: 'failed' }),
		);
		expect(rowsOf(found)).toEqual([
			{
				time: '2026-11-01T17:00:00.000+08:00',
				type: 'refund',
				amount: '-5.5',
				currency: 'USDT',
				network: 'tron',
				usdValue: null,
				exchangeRate: null,
				feeAmount: null,
				merchantOrderId: 'shop-1',
				explorerUrl: `https://tronscan.org/#/transaction/${HASH.replace('9f', 'aa')}`,
				transactionHash: HASH.replace('9f', 'aa'),
				tradeId: 'A',
				refundId: 'R1',
			},
			{
				time: '2026-11-03T04:00:00.000+08:00',
				type: 'payment',
				amount: '25.0012',
				currency: 'USDT',
				network: 'tron',
				usdValue: '25',
				exchangeRate: null,
				feeAmount: null,
				merchantOrderId: 'shop-1',
				explorerUrl: `https://tronscan.org/#/transaction/${HASH}`,
				transactionHash: HASH,
				tradeId: 'A',
				refundId: null,
			},
		]);
	});

	it('asks for paid orders and refunds of the period alone', async () => {
		const filters = {
			from: '2026-11-01',
			to: '2026-11-30',
			network: { __rl: true, mode: 'id', value: 'Tron' },
		};
		const { sent } = await run(getLedger, { filters }, page(), page());
		const created = {
			start_time: at('2026-11-01T00:00:00Z'),
			end_time: at('2026-11-30T00:00:00Z'),
		};
		expect(sent.map(({ body }) => body)).toEqual([
			{ network: 'tron', status: [2, 5, 7], page: 1, page_size: 100, ...created },
			{ status: ['succeeded'], page: 1, page_size: 100, ...created },
		]);
	});

	it('has a refund’s value at the rate of its order, and its currency where it tells none', async () => {
		const found = await run(
			getLedger,
			{},
			page({ ...PAID, exchange_rate: '0.9995', fiat_amount: 24.99, fee: 0.1 }),
			page({ ...SENT_BACK, currency: '', network: '' }),
		);
		expect(rowsOf(found)).toMatchObject([
			{ usdValue: '-5.49725', exchangeRate: '0.9995', currency: 'USDT', network: 'tron' },
			{ usdValue: '24.99', exchangeRate: '0.9995', feeAmount: '0.1' },
		]);
	});

	it('leaves out refunds in another currency than the one that is asked for', async () => {
		const filters = { currency: { __rl: true, mode: 'id', value: 'USDC' } };
		const found = await run(getLedger, { filters }, page(), page(SENT_BACK));
		expect(rowsOf(found)).toEqual([]);
	});

	it('puts what has no time last, and leaves out what is not paid', async () => {
		const found = await run(
			getLedger,
			{},
			page({ ...PAID, created_at: null }, { ...PAID, trade_id: 'B', status: 1 }),
			page({ ...SENT_BACK, trade_id: null }),
		);
		expect(rowsOf(found)).toMatchObject([
			{ type: 'refund', tradeId: null, merchantOrderId: null },
			{ type: 'payment', time: null },
		]);
	});

	it('has the payments where PonponPay lists no refunds, and says so', async () => {
		const found = await run(getLedger, {}, page(PAID), ...NOT_OFFERED);
		expect(rowsOf(found)).toHaveLength(1);
		expect(found.hints).toEqual([expect.stringContaining('lists no refunds on this account')]);
	});

	it('is not made where PonponPay lists no orders', async () => {
		expect((await failureOf(run(getLedger, {}, ...NOT_OFFERED))).kind).toBe('notOffered');
	});
});
