import { firstText } from '../../../shared/model/wire';
import { simplify } from '../fields';
import { operation } from '../operation';
import { objectOutput, wireObject } from '../output';

export const getMerchant = operation({
	name: 'Get',
	description: 'Look up the merchant account that the API key belongs to',
	action: 'Get merchant',
	fields: { simplify },
	async run({ simplify: isSimplified }, { client }) {
		const data = await client.call('merchantDetail');
		return objectOutput(isSimplified, wireObject(data), (wire) => ({
			merchantId: firstText(wire, 'mch_id'),
			name: firstText(wire, 'name', 'mch_name'),
			status: firstText(wire, 'status'),
		}));
	},
});
