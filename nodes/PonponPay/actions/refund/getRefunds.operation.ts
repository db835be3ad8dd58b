import { REFUND_STATUSES } from '../../../shared/model/refund';
import { filters, howMany, period, simplify, statusFilter, tradeIdFilter } from '../fields';
import { operation } from '../operation';
import { listOutput } from '../output';

export const getRefunds = operation({
	name: 'Get Many',
	description: 'List refunds, filtered by order, status or time',
	action: 'Get many refunds',
	fields: {
		howMany,
		filters: filters({
			period,
			status: statusFilter('Only refunds in one of these states', REFUND_STATUSES),
			tradeId: tradeIdFilter,
		}),
		simplify,
	},
	async run({ filters: { period: created, status, tradeId }, ...wanted }, context) {
		const asked = { trade_id: tradeId, status, ...created };
		return await listOutput(context, 'refundList', asked, wanted);
	},
});
