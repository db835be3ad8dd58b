import { transaction } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const getTransaction = operation({
	name: 'Get',
	description: 'Look a transaction up by its ID or by its hash on the blockchain',
	action: 'Get transaction',
	fields: { transaction, simplify },
	async run({ transaction: { body }, simplify: isSimplified }, { client }) {
		return answerOutput(isSimplified, await client.ask('transactionDetail', body));
	},
});
