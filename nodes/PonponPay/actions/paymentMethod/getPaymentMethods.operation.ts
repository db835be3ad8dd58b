import type { IDataObject } from 'n8n-workflow';

import { simplify } from '../fields';
import { operation } from '../operation';

export const getPaymentMethods = operation({
	name: 'Get Many',
	description: 'List the networks this account takes payments on, each with its currencies',
	action: 'Get many payment methods',
	fields: { simplify },
	async run({ simplify: isSimplified }, { client }) {
		const { value, wire } = await client.ask('paymentMethods');
		return isSimplified ? value : (wire as IDataObject);
	},
});
