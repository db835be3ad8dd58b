import { getStatistics } from '../../../nodes/PonponPay/actions/transaction/getStatistics.operation';
import { failureOf, success } from '../api/support';
import { NOT_OFFERED, run } from './support';

const page = (...list: unknown[]) => success({ list, total: list.length, page: 1, page_size: 100 });
const order = (id: string, created: string, more = {}) => ({
	trade_id: id,
	status: 2,
	amount: 10,
	currency: 'USDT',
	network: 'tron',
	created_at: Date.parse(created) / 1000,
	...more,
});
const endpoints = (sent: Array<{ path: string }>) =>
	sent.map(({ path }) => path.split('/').slice(-2).join('/'));

describe('statistics', () => {
	it('are computed from the lists of orders and refunds, filtered as asked', async () => {
		const filters = { currency: { __rl: true, mode: 'id', value: 'usdt' }, from: '2026-11-01' };
		const { output, sent } = await run(
			getStatistics,
			{ groupBy: 'currency', filters },
			page(order('A', '2026-11-02T10:00:00Z'), order('B', '2026-11-03T10:00:00Z', { status: 1 })),
			page({ refund_id: '1', trade_id: 'A', amount: 4, status: 'succeeded' }),
		);
		expect(output).toMatchObject([
			{ currency: 'USDT', paidAmount: '10', openAmount: '10', refundedAmount: '4', netAmount: '6' },
		]);
		expect(endpoints(sent)).toEqual(['order/list', 'refund/list']);
		const start = Date.parse('2026-11-01T00:00:00Z') / 1000;
		expect(sent[0].body).toMatchObject({ currency: 'USDT', start_time: start });
		expect(sent[1].body).toMatchObject({ start_time: start });
		expect(sent[1].body).not.toHaveProperty('currency');
	});

	it.each([
		['UTC', ['2026-11-01', '2026-11-02']],
		['Asia/Shanghai', ['2026-11-02']],
		['America/New_York', ['2026-11-01']],
	])('are of the days of the workflow, here in %s', async (timezone, days) => {
		const { output } = await run(
			getStatistics,
			{ groupBy: 'day', timezone },
			page(order('A', '2026-11-01T22:00:00Z'), order('B', '2026-11-02T01:00:00Z')),
			page(),
		);
		expect((output as unknown as Array<{ group: string }>).map(({ group }) => group)).toEqual(days);
	});

	it('say where nobody lists refunds, an amount or a time', async () => {
		const { output, hints } = await run(
			getStatistics,
			{ groupBy: 'day' },
			page(order('A', '2026-11-02T01:00:00Z', { amount: null, created_at: null })),
			...NOT_OFFERED,
		);
		expect(output).toMatchObject([{ group: null, paidCount: 1, refundedAmount: null }]);
		expect(hints).toEqual([
			expect.stringContaining('lists no refunds on this account'),
			'Counted but not added up, because PonponPay does not tell the amount: 1 order.',
			'On no day, because PonponPay does not tell when it was created: 1 order.',
		]);
	});

	it('are those of PonponPay where it lists no orders, each currency asked for by itself', async () => {
		const sums = (key: string, paid: number) => ({ key, paid_count: 1, paid_amount: paid });
		const { output, sent } = await run(
			getStatistics,
			{ groupBy: 'network' },
			...NOT_OFFERED,
			success({ groups: [sums('USDC', 3), sums('USDT', 7)] }),
			success({ groups: [sums('bsc', 3)] }),
			success({ groups: [sums('bsc', 2), sums('tron', 5)] }),
		);
		expect(output).toMatchObject([
			{ currency: 'USDC', group: 'bsc', paidAmount: '3', openCount: null },
			{ currency: 'USDT', group: 'bsc', paidAmount: '2' },
			{ currency: 'USDT', group: 'tron', paidAmount: '5' },
		]);
		expect(sent.slice(3).map(({ body }) => body)).toMatchObject([
			{ currency: 'USDC', group_by: 'network' },
			{ currency: 'USDT', group_by: 'network' },
		]);
	});

	it('are not made up where PonponPay offers neither', async () => {
		const failure = await failureOf(
			run(getStatistics, { groupBy: 'currency' }, ...NOT_OFFERED, ...NOT_OFFERED),
		);
		expect(failure.kind).toBe('notOffered');
	});
});
