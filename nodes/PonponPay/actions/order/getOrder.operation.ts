import { order } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const getOrder = operation({
	name: 'Get',
	description: 'Look an order up: its status, amounts, payment link and transaction',
	action: 'Get order',
	fields: { order, simplify },
	async run({ order: { body }, simplify: isSimplified }, { client }) {
		return answerOutput(isSimplified, await client.ask('orderDetail', body));
	},
});
