import { refund } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const getRefund = operation({
	name: 'Get',
	description: 'Look a refund up: its status, amount and transaction',
	action: 'Get refund',
	fields: { refund, simplify },
	async run({ refund: { body }, simplify: isSimplified }, { client }) {
		return answerOutput(isSimplified, await client.ask('refundDetail', body));
	},
});
