import { toTransaction } from '../../../shared/model/transaction';
import {
	currencyFilter,
	filterCurrency,
	filterNetwork,
	filterPeriod,
	filtersOf,
	filterText,
	listFields,
	listOutput,
	networkFilter,
	periodFields,
	tradeIdFilter,
} from '../listFields';
import type { Operation } from '../operation';

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List payments and refunds as they happened on the blockchain',
	action: 'Get many transactions',
	fields: listFields([
		currencyFilter,
		{
			displayName: 'Hash',
			name: 'hash',
			type: 'string',
			default: '',
			placeholder: '9f3c5a1be07d42c8a6b1f0d97e35284c6d0a9b8e7f1c2d3e4f5a6b7c8d9ee21b',
			description: 'Only the transaction with this hash on the blockchain',
		},
		networkFilter,
		...periodFields,
		tradeIdFilter,
	]),
	async run(context) {
		const { currency, hash, network, tradeId } = filtersOf(context);
		const filters = {
			trade_id: filterText(tradeId),
			hash: filterText(hash),
			currency: filterCurrency(currency),
			network: filterNetwork(network),
			...filterPeriod(context),
		};
		return await listOutput(context, 'transactionList', filters, toTransaction);
	},
};
