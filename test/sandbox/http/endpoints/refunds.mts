import type { Refund, RefundStatus } from '../../state/refunds.mts';
import { refundView } from '../../views.mts';
import { byStatusWord, byText, byTime, page, select } from '../listing.mts';
import type { Call, Endpoints } from './endpoint.mts';
import { readReference } from './orders.mts';

const STATUSES: readonly RefundStatus[] = [
	'pending',
	'processing',
	'succeeded',
	'failed',
	'cancelled',
];

export const REFUND_ENDPOINTS: Endpoints = {
	'/refund/add': ({ world, account, input }) => {
		const request = {
			amount: input.amount('amount'),
			mchRefundId: input.ownId('mch_refund_id'),
			address: input.text('address'),
			reason: input.text('reason') ?? '',
		};
		const order = world.orders.find(account, readReference(input));
		return refundView(world.refunds.add(order, request));
	},

	'/refund/detail': (call) => refundView(find(call)),

	'/refund/list': ({ world, account, input }) => {
		const found = select(world.refunds.of(account), [
			byText(input, 'trade_id', ({ order }) => order.tradeId),
			byStatusWord(input, STATUSES),
			byTime(input, ({ createdAt }) => createdAt),
		]);
		return page(input, found, refundView);
	},

	'/refund/cancel': (call) => {
		const refund = find(call);
		call.world.refunds.cancel(refund);
		return refundView(refund);
	},
};

function find({ world, account, input }: Call): Refund {
	return world.refunds.find(account, input.text('refund_id'), input.text('mch_refund_id'));
}
