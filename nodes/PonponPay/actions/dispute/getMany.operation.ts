import { DISPUTE_STATUSES } from '../../../shared/model/dispute';
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
import { disputeShape } from './disputeFields';

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List disputes, filtered by order, status or time',
	action: 'Get many disputes',
	fields: listFields([
		...periodFields,
		statusFilter('Only disputes in one of these states', DISPUTE_STATUSES),
		tradeIdFilter,
	]),
	async run(context) {
		const { status, tradeId } = filtersOf(context);
		const filters = {
			trade_id: filterText(tradeId),
			status: filterStatuses(status),
			...filterPeriod(context),
		};
		return await listOutput(context, 'disputeList', filters, disputeShape);
	},
};
