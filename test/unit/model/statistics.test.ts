import { toOrder } from '../../../nodes/shared/model/order';
import { toRefund } from '../../../nodes/shared/model/refund';
import { addUp, toldOfCurrency } from '../../../nodes/shared/model/statistics';

const usdt = { currency: 'USDT', network: 'tron' };
const ORDERS = [
	{ trade_id: 'A', status: 2, amount: 10, actual_amount: 10.0001, ...usdt },
	{ trade_id: 'B', status: 5, amount: '0.1', currency: 'USDT', network: 'bsc' },
	{ trade_id: 'C', status: 7, amount: '0.2', ...usdt },
	{ trade_id: 'D', status: 1, amount: 5, actual_amount: 5.0003, ...usdt },
	{ trade_id: 'E', status: 6, amount: 1, ...usdt },
	{ trade_id: 'F', status: 3, amount: 7, ...usdt },
	{ trade_id: 'G', status: 99, amount: 3, ...usdt },
	{ trade_id: 'H', status: 2, amount: 4, currency: 'USDC', network: 'bsc' },
	{ trade_id: 'I', status: 0, amount: 8 },
].map((wire) => toOrder(wire));
const REFUNDS = [
	{ refund_id: '1', trade_id: 'A', amount: 2, status: 'succeeded' },
	{ refund_id: '2', trade_id: 'A', amount: 1, status: 'processing' },
	{ refund_id: '3', trade_id: 'A', amount: 1, status: 'failed' },
	{ refund_id: '4', trade_id: 'Z', amount: 9, status: 'succeeded' },
	{ refund_id: '5', trade_id: 'H', amount: '0.5', status: 'succeeded' },
].map(toRefund);

describe('sums over orders', () => {
	it('are of one currency each, and say what is paid, open, refunded and net', () => {
		expect(addUp(ORDERS, REFUNDS, () => null)).toEqual([
			{
				currency: 'USDC',
				group: null,
				totalCount: 1,
				totalAmount: '4',
				paidCount: 1,
				paidAmount: '4',
				openCount: 0,
				openAmount: '0',
				refundedAmount: '0.5',
				netAmount: '3.5',
			},
			{
				currency: 'USDT',
				group: null,
				totalCount: 7,
				totalAmount: '26.3',
				paidCount: 3,
				paidAmount: '10.3001',
				openCount: 2,
				openAmount: '6.0003',
				refundedAmount: '2',
				netAmount: '8.3001',
			},
			expect.objectContaining({ currency: null, totalCount: 1, openAmount: '8', paidAmount: '0' }),
		]);
	});

	it('of a network have the refunds of its orders alone', () => {
		const groups = addUp(ORDERS, REFUNDS, ({ network }) => network);
		const told = groups.map(({ currency, group, paidAmount, refundedAmount }) => [
			currency,
			group,
			paidAmount,
			refundedAmount,
		]);
		expect(told).toEqual([
			['USDC', 'bsc', '4', '0.5'],
			['USDT', 'bsc', '0.1', '0'],
			['USDT', 'tron', '10.2001', '2'],
			[null, null, '0', '0'],
		]);
	});

	it('say nothing of refunds, and of what is left, where nobody knows of any', () => {
		for (const sums of addUp(ORDERS, undefined, () => null)) {
			expect(sums).toMatchObject({ refundedAmount: null, netAmount: null });
		}
		expect(addUp([], [], () => null)).toEqual([]);
	});

	it('that PonponPay tells have the same shape, without what it does not tell', () => {
		const told = {
			group: 'USDT',
			totalCount: 3,
			totalAmount: '30',
			paidCount: 2,
			paidAmount: '0.3',
			refundedAmount: '0.1',
		};
		const [own] = addUp(ORDERS, REFUNDS, () => null);
		const taken = toldOfCurrency('USDT', null, told);
		expect(Object.keys(taken)).toEqual(Object.keys(own));
		expect(taken).toMatchObject({ currency: 'USDT', openCount: null, netAmount: '0.2' });
		expect(toldOfCurrency('USDT', null, { ...told, refundedAmount: null }).netAmount).toBeNull();
	});
});
