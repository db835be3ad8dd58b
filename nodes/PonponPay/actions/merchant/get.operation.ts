import { firstText } from '../../../shared/model/wire';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { objectOutput, wireObject } from '../output';

export const get: Operation = {
	name: 'Get',
	description: 'Look up the merchant account that the API key belongs to',
	action: 'Get merchant',
	fields: [simplifyField],
	async run(context) {
		const data = await context.client.call('merchantDetail');
		return objectOutput(context, wireObject(data), (wire) => ({
			merchantId: firstText(wire, 'mch_id'),
			name: firstText(wire, 'name', 'mch_name'),
			status: firstText(wire, 'status'),
		}));
	},
};
