import { DISPUTE_STATUSES } from '../../../shared/model/dispute';
import { filters, howMany, period, simplify, statusFilter, tradeIdFilter } from '../fields';
import { operation } from '../operation';
import { listOutput } from '../output';

export const getDisputes = operation({
	name: 'Get Many',
	description: 'List disputes, filtered by order, status or time',
	action: 'Get many disputes',
	fields: {
		howMany,
		filters: filters({
			period,
			status: statusFilter('Only disputes in one of these states', DISPUTE_STATUSES),
			tradeId: tradeIdFilter,
		}),
		simplify,
	},
	async run({ filters: { period: created, status, tradeId }, ...wanted }, context) {
		const asked = { trade_id: tradeId, status, ...created };
		return await listOutput(context, 'disputeList', asked, wanted);
	},
});
