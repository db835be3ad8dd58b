import { statistics, type Grouping } from '../../state/statistics.mts';
import { statisticsView, transactionView } from '../../views.mts';
import { refuse } from '../input.mts';
import { byText, byTime, page, select } from '../listing.mts';
import type { Endpoints } from './endpoint.mts';

const GROUPINGS: readonly Grouping[] = ['day', 'currency', 'network'];

export const TRANSACTION_ENDPOINTS: Endpoints = {
	'/transaction/list': ({ world, account, input }) => {
		const found = select(world.transactions.of(account), [
			byText(input, 'trade_id', ({ order }) => order.tradeId),
			byText(input, 'hash', ({ hash }) => hash),
			byText(input, 'currency', ({ method }) => method.currency),
			byText(input, 'network', ({ method }) => method.network),
			byTime(input, ({ createdAt }) => createdAt),
		]);
		return page(input, found, transactionView);
	},

	'/transaction/detail': ({ world, account, input }) =>
		transactionView(
			world.transactions.find(account, input.text('transaction_id'), input.text('hash')),
		),

	'/transaction/statistics': ({ world, account, input }) => {
		const groupBy = input.text('group_by');
		const grouping = GROUPINGS.find((known) => known === groupBy);
		if (groupBy !== undefined && !grouping) {
			throw refuse('group_by', `must be one of ${GROUPINGS.join(', ')}`);
		}
		const orders = select(world.orders.of(account), [
			byText(input, 'currency', ({ method }) => method?.currency),
			byText(input, 'network', ({ method }) => method?.network),
			byTime(input, ({ createdAt }) => createdAt),
		]);
		return statisticsView(statistics(orders, world.refunds, grouping));
	},
};
