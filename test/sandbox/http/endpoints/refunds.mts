import type { Refund } from '../../state/refunds.mts';
import { refundView } from '../../views.mts';
import { matching, page, period, wordFilter } from '../listing.mts';
import type { Call, Endpoints } from './endpoint.mts';
import { readReference } from './orders.mts';

const STATUSES = ['pending', 'processing', 'succeeded', 'failed', 'cancelled'];

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
		const tradeId = matching(input.text('trade_id'));
		const status = wordFilter(input, 'status', STATUSES);
		const within = period(input);
		const found = world.refunds
			.all()
			.filter(
				(refund) =>
					refund.order.account === account &&
					tradeId(refund.order.tradeId) &&
					status(refund.status) &&
					within(refund.createdAt),
			);
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
