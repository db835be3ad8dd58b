import { order } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { orderOutput } from './orderRequest';

export const getOrder = operation({
	name: 'Get',
	description: 'Look an order up: its status, amounts, payment link and transaction',
	action: 'Get order',
	fields: { order, simplify },
	async run({ order: { body }, simplify: isSimplified }, { client }) {
		return orderOutput(isSimplified, await client.call('orderDetail', body), body);
	},
});
