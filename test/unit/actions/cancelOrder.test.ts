import { cancelOrder } from '../../../nodes/PonponPay/actions/order/cancelOrder.operation';
import { failureOf, fault, refusal, success } from '../api/support';
import { byTradeId, run } from './support';

const ORDER = { order: byTradeId('P1') };

describe('cancelling an order', () => {
	it.each([
		['cancelled', { trade_id: 'P1', status: 4 }, true, false],
		['cancelled', { trade_id: 'P1' }, true, false],
		['paid', { trade_id: 'P1', status: 2 }, false, true],
		['manual', { trade_id: 'P1', status: 5 }, false, true],
		['confirming', { trade_id: 'P1', status: 6 }, false, false],
		['expired', { trade_id: 'P1', status: 3 }, false, false],
		['unknown', { trade_id: 'P1', status: 9 }, false, false],
	])('says %s where PonponPay says so', async (status, wire, isCancelled, wasPaidMeanwhile) => {
		const { output, hints } = await run(cancelOrder, ORDER, success(wire));
		expect(output).toMatchObject({ tradeId: 'P1', status, isCancelled, wasPaidMeanwhile });
		expect(hints).toHaveLength(wasPaidMeanwhile ? 1 : 0);
	});

	it('that broke off is looked up, and sent again only while the order is open', async () => {
		const { output, sent } = await run(
			cancelOrder,
			ORDER,
			fault('interrupted'),
			success({ trade_id: 'P1', status: 1 }),
			success({ trade_id: 'P1', status: 4 }),
		);
		expect(output.isCancelled).toBe(true);
		expect(sent.map(({ path }) => path.split('/').at(-1))).toEqual(['cancel', 'detail', 'cancel']);
	});

	it('that PonponPay refuses is refused, unless the order is paid or cancelled already', async () => {
		const no = refusal(10001, 'order cannot be cancelled');
		const expired = run(cancelOrder, ORDER, no, success({ trade_id: 'P1', status: 3 }));
		expect((await failureOf(expired)).details.detail).toBe('order cannot be cancelled');

		const paid = await run(cancelOrder, ORDER, no, success({ trade_id: 'P1', status: 2 }));
		expect(paid.output).toMatchObject({ isPaid: true, isCancelled: false, wasPaidMeanwhile: true });
		expect(paid.hints.join()).toContain('it is paid, not cancelled');
	});

	it('gives with Simplify off what PonponPay sent', async () => {
		const wire = { trade_id: 'P1', status: 4, extra: 1 };
		const { output } = await run(cancelOrder, { ...ORDER, simplify: false }, success(wire));
		expect(output).toEqual(wire);
	});
});
