import { optional } from '../../../shared/fields/compose';
import { transactionHash } from '../../../shared/fields/texts';
import { otherSpelling } from '../../../shared/model/transaction';
import {
	currencyFilter,
	filters,
	howMany,
	networkFilter,
	period,
	simplify,
	tradeIdFilter,
} from '../fields';
import { operation } from '../operation';
import { listOutput } from '../output';

export const getTransactions = operation({
	name: 'Get Many',
	description: 'List payments and refunds as they happened on the blockchain',
	action: 'Get many transactions',
	fields: {
		howMany,
		filters: filters({
			currency: currencyFilter,
			hash: optional(
				transactionHash({
					displayName: 'Hash',
					placeholder: '9f3c5a1be07d42c8a6b1f0d97e35284c6d0a9b8e7f1c2d3e4f5a6b7c8d9ee21b',
					description:
						'Only the transaction with this hash, which may also be a link to a block explorer',
				}),
			),
			network: networkFilter,
			period,
			tradeId: tradeIdFilter,
		}),
		simplify,
	},
	async run(
		{ filters: { currency, hash: given, network, period: created, tradeId }, ...wanted },
		context,
	) {
		const hash = given?.on(network);
		const asked = { trade_id: tradeId, hash, currency, network, ...created };
		const found = await listOutput(context, 'transactionList', asked, wanted);
		const other = otherSpelling(hash);
		if (other === undefined || found.length > 0) return found;
		return await listOutput(context, 'transactionList', { ...asked, hash: other }, wanted);
	},
});
