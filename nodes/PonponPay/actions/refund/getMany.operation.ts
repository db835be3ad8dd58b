import { REFUND_STATUSES, toRefund } from '../../../shared/model/refund';
import {
	filterPeriod,
	filtersOf,
	filterStatuses,
	filterText,
	listFields,
	listOutput,
	periodFields,
	statusFilter,
	tradeIdFilter,
} from '../listFields';
import type { Operation } from '../operation';

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List refunds, filtered by order, status or time',
	action: 'Get many refunds',
	fields: listFields([
		...periodFields,
		statusFilter('Only refunds in one of these states', REFUND_STATUSES),
		tradeIdFilter,
	]),
	async run(context) {
		const { status, tradeId } = filtersOf(context);
		const filters = {
			trade_id: filterText(tradeId),
			status: filterStatuses(status),
			...filterPeriod(context),
		};
		return await listOutput(context, 'refundList', filters, toRefund);
	},
};
