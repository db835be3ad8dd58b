import {
	compareDispute,
	compareOrder,
	compareRefund,
} from '../../../nodes/PonponPayTrigger/compareClaim';
import { toDispute } from '../../../nodes/shared/model/dispute';
import { toCallbackOrder, toOrder } from '../../../nodes/shared/model/order';
import { toRefund } from '../../../nodes/shared/model/refund';

const claimed = toCallbackOrder({
	order_no: 'shop-1',
	trade_id: 'T1',
	status: 2,
	amount: 25.0001,
	fiat_amount: 25,
	currency: 'USDT',
	network: 'Tron',
});
const found = (changes: object = {}) =>
	toOrder({
		mch_order_id: 'shop-1',
		trade_id: 'T1',
		status: 'paid',
		amount: 25,
		actual_amount: 25.0001,
		currency: 'USDT',
		network: 'tron',
		...changes,
	});

describe('An order in a callback', () => {
	it('is confirmed when PonponPay has it so, with or without the suffix of the amount', () => {
		expect(compareOrder(claimed, found(), 'order.paid')).toEqual({ isStale: false });
		const rounded = { ...claimed, actualAmount: '25' };
		expect(compareOrder(rounded, found(), 'order.paid')).toEqual({ isStale: false });
	});

	it('is confirmed as paid by any of the three numbers', () => {
		for (const status of [2, 5, 7]) {
			expect(compareOrder(claimed, found({ status }), 'order.paid')).toEqual({ isStale: false });
		}
	});

	it.each([
		['tradeId', { trade_id: 'T2' }],
		['merchantOrderId', { mch_order_id: 'shop-2' }],
		['currency', { currency: 'USDC' }],
		['network', { network: 'bsc' }],
		['amount', { amount: 24, actual_amount: 24.0001 }],
		['actualAmount', { amount: 25, actual_amount: 25.0003 }],
	])('is refused when the %s differs (%j)', (differs, changes) => {
		expect(compareOrder(claimed, found(changes), 'order.paid')).toEqual({ differs });
	});

	it.each([
		['order.expired', 2, { isStale: true }],
		['order.cancelled', 5, { isStale: true }],
		['order.confirming', 2, { isStale: true }],
		['order.pending', 6, { isStale: true }],
		['order.pending', 3, { isStale: true }],
		['order.expired', 3, { isStale: false }],
		['order.expired', 4, { isStale: true }],
		['order.cancelled', 3, { isStale: true }],
		['order.expired', 1, { isBehind: true }],
		['order.confirming', 1, { isBehind: true }],
		['order.paid', 1, { isBehind: true }],
		['order.paid', 3, { isBehind: true }],
		['order.paid', 6, { isBehind: true }],
		['order.paid', 99, { isBehind: true }],
	])('that says %s while the status is %i gives %j', (type, status, expected) => {
		expect(compareOrder(claimed, found({ status }), type)).toEqual(expected);
	});
});

describe('A refund or dispute in a callback', () => {
	const refund = { refund_id: 'R1', trade_id: 'T1', amount: 5, currency: 'USDT' };
	const dispute = { dispute_id: 'D1', trade_id: 'T1', amount: 5, currency: 'USDT' };

	it.each([
		['refund.succeeded', { status: 'succeeded' }, { isStale: false }],
		['refund.succeeded', { status: 'failed' }, { differs: 'status' }],
		['refund.failed', { status: 'failed' }, { isStale: false }],
		['refund.succeeded', { status: 'processing' }, { isBehind: true }],
		['refund.completed', { status: 'succeeded' }, { isStale: false }],
		['refund.processing', { status: 'succeeded' }, { isStale: true }],
		['refund.created', { status: 'pending' }, { isStale: false }],
		['refund.succeeded', { status: 'succeeded', amount: 6 }, { differs: 'amount' }],
		['refund.succeeded', { status: 'succeeded', trade_id: 'T2' }, { differs: 'tradeId' }],
	])('%s against %j gives %j', (type, changes, expected) => {
		expect(compareRefund(toRefund(refund), toRefund({ ...refund, ...changes }), type)).toEqual(
			expected,
		);
	});

	it.each([
		['dispute.opened', { status: 'open' }, { isStale: false }],
		['dispute.opened', { status: 'lost' }, { isStale: true }],
		['dispute.closed', { status: 'won' }, { isStale: false }],
		['dispute.closed', { status: 'under_review' }, { isBehind: true }],
		['dispute.closed', { status: 'won', dispute_id: 'D2' }, { differs: 'disputeId' }],
	])('%s against %j gives %j', (type, changes, expected) => {
		const judged = compareDispute(
			toDispute(dispute, 0),
			toDispute({ ...dispute, ...changes }, 0),
			type,
		);
		expect(judged).toEqual(expected);
	});
});
