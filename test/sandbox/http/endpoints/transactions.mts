import { statistics, type Grouping } from '../../state/statistics.mts';
import { statisticsView, transactionView } from '../../views.mts';
import { refuse } from '../input.mts';
import { matching, page, period } from '../listing.mts';
import type { Endpoints } from './endpoint.mts';

const GROUPINGS: readonly Grouping[] = ['day', 'currency', 'network'];

export const TRANSACTION_ENDPOINTS: Endpoints = {
	'/transaction/list': ({ world, account, input }) => {
		const tradeId = matching(input.text('trade_id'));
		const hash = matching(input.text('hash'));
		const currency = matching(input.text('currency'));
		const network = matching(input.text('network'));
		const within = period(input);
		const found = world.transactions
			.of(account)
			.filter(
				(transaction) =>
					tradeId(transaction.order.tradeId) &&
					hash(transaction.hash) &&
					currency(transaction.method.currency) &&
					network(transaction.method.network) &&
					within(transaction.createdAt),
			);
		return page(input, found, transactionView);
	},

	'/transaction/detail': ({ world, account, input }) =>
		transactionView(
			world.transactions.find(account, input.text('transaction_id'), input.text('hash')),
		),

	'/transaction/statistics': ({ world, account, input }) => {
		const currency = matching(input.text('currency'));
		const network = matching(input.text('network'));
		const within = period(input);
		const groupBy = input.text('group_by');
		const grouping = GROUPINGS.find((known) => known === groupBy);
		if (groupBy !== undefined && !grouping) {
			throw refuse('group_by', `must be one of ${GROUPINGS.join(', ')}`);
		}
		const orders = world.orders
			.of(account)
			.filter(
				({ method, createdAt }) =>
					currency(method?.currency) && network(method?.network) && within(createdAt),
			);
		return statisticsView(statistics(orders, world.refunds, grouping));
	},
};
