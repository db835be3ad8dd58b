import { toMerchant } from '../../../shared/model/merchant';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { objectOutput } from '../output';

export const get: Operation = {
	name: 'Get',
	description: 'Look up the merchant account that the API key belongs to',
	action: 'Get merchant',
	fields: [simplifyField],
	async run(context) {
		const { wire } = await context.client.ask('merchantDetail');
		return objectOutput(context, wire, toMerchant);
	},
};
