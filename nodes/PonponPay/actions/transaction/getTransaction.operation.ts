import { transaction } from '../../../shared/fields/locators';
import { toTransaction } from '../../../shared/model/transaction';
import { simplify } from '../fields';
import { operation } from '../operation';
import { objectOutput, wireObject } from '../output';

export const getTransaction = operation({
	name: 'Get',
	description: 'Look a transaction up by its ID or by its hash on the blockchain',
	action: 'Get transaction',
	fields: { transaction, simplify },
	async run({ transaction: { body }, simplify: isSimplified }, { client }) {
		const data = await client.call('transactionDetail', body);
		return objectOutput(isSimplified, wireObject(data), toTransaction);
	},
});
