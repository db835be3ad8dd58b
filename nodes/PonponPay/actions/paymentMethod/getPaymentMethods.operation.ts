import type { IDataObject } from 'n8n-workflow';

import { simplify } from '../fields';
import { operation } from '../operation';
import { wireObject } from '../output';
import { paymentMethods } from './paymentMethods';

export const getPaymentMethods = operation({
	name: 'Get Many',
	description: 'List the networks this account takes payments on, each with its currencies',
	action: 'Get many payment methods',
	fields: { simplify },
	async run({ simplify: isSimplified }, { client }) {
		const data = await client.call('paymentMethods');
		return isSimplified ? paymentMethods(data) : (wireObject(data) as IDataObject);
	},
});
