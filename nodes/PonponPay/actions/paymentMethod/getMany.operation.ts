import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../fields';
import type { Operation } from '../operation';

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List the networks this account takes payments on, each with its currencies',
	action: 'Get many payment methods',
	fields: [simplifyField],
	async run(context) {
		const { value, wire } = await context.client.ask('paymentMethods');
		return context.field('simplify') === false ? (wire as IDataObject) : value;
	},
};
