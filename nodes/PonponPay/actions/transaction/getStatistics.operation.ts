import type { IDataObject } from 'n8n-workflow';

import { choice } from '../../../shared/fields/choices';
import { currencyFilter, filters, networkFilter, period, simplify } from '../fields';
import { operation } from '../operation';

export const getStatistics = operation({
	name: 'Get Statistics',
	description:
		'Count and add up orders, payments and refunds, in total or by day, currency or network',
	action: 'Get transaction statistics',
	fields: {
		groupBy: choice(
			{
				displayName: 'Group By',
				description: 'What to add up separately; each becomes an item of its own',
			},
			[
				{ name: 'Currency', value: 'currency' },
				{ name: 'Day', value: 'day' },
				{ name: 'Network', value: 'network' },
				{ name: 'Nothing (One Total)', value: '' },
			],
			'',
		),
		filters: filters({ currency: currencyFilter, network: networkFilter, period }),
		simplify,
	},
	async run({ groupBy, filters: { currency, network, period: created }, ...wanted }, { client }) {
		const { value, wire } = await client.ask('transactionStatistics', {
			currency,
			network,
			group_by: groupBy || undefined,
			...created,
		});
		return wanted.simplify ? value : (wire as IDataObject);
	},
});
