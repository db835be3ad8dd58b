import { refund } from '../../../shared/fields/locators';
import { toRefund } from '../../../shared/model/refund';
import { simplify } from '../fields';
import { operation } from '../operation';
import { objectOutput, wireObject } from '../output';

export const getRefund = operation({
	name: 'Get',
	description: 'Look a refund up: its status, amount and transaction',
	action: 'Get refund',
	fields: { refund, simplify },
	async run({ refund: { body }, simplify: isSimplified }, { client }) {
		const data = await client.call('refundDetail', body);
		return objectOutput(isSimplified, wireObject(data), toRefund);
	},
});
