import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { wireObject } from '../output';
import { paymentMethods } from './paymentMethods';

export const getMany: Operation = {
	name: 'Get Many',
	description: 'List the networks this account takes payments on, each with its currencies',
	action: 'Get many payment methods',
	fields: [simplifyField],
	async run(context) {
		const data = await context.client.call('paymentMethods');
		if (context.field('simplify') === false) return wireObject(data) as IDataObject;
		return paymentMethods(data);
	},
};
