import type { IDataObject } from 'n8n-workflow';

import { toStatistics } from '../../../shared/model/transaction';
import { simplifyField, textOf } from '../fields';
import {
	currencyFilter,
	filterCurrency,
	filterNetwork,
	filterPeriod,
	filtersField,
	filtersOf,
	networkFilter,
	periodFields,
} from '../listFields';
import type { Operation } from '../operation';
import { wireObject } from '../output';

export const getStatistics: Operation = {
	name: 'Get Statistics',
	description:
		'Count and add up orders, payments and refunds, in total or by day, currency or network',
	action: 'Get transaction statistics',
	fields: [
		{
			displayName: 'Group By',
			name: 'groupBy',
			type: 'options',
			default: '',
			options: [
				{ name: 'Currency', value: 'currency' },
				{ name: 'Day', value: 'day' },
				{ name: 'Network', value: 'network' },
				{ name: 'Nothing (One Total)', value: '' },
			],
			description: 'What to add up separately; each becomes an item of its own',
		},
		filtersField([currencyFilter, networkFilter, ...periodFields]),
		simplifyField,
	],
	async run(context) {
		const { currency, network } = filtersOf(context);
		const groupBy = textOf(context.field('groupBy'));
		const data = await context.client.call('transactionStatistics', {
			currency: filterCurrency(currency),
			network: filterNetwork(network),
			group_by: groupBy || undefined,
			...filterPeriod(context),
		});
		const wire = wireObject(data);
		if (context.field('simplify') === false) return wire as IDataObject;
		return toStatistics(wire, groupBy !== '');
	},
};
