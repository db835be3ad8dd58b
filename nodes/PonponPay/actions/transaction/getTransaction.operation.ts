import { ApiFailure, isNotFound } from '../../../shared/api/failure';
import { transaction } from '../../../shared/fields/locators';
import { otherSpelling } from '../../../shared/model/transaction';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const getTransaction = operation({
	name: 'Get',
	description: 'Look a transaction up by its ID or by its hash on the blockchain',
	action: 'Get transaction',
	fields: { transaction, simplify },
	async run({ transaction: { id, body }, simplify: isSimplified }, { client }) {
		const answer = await client.ask('transactionDetail', body).catch(async (error: unknown) => {
			const hash = body.hash === undefined ? undefined : otherSpelling(id);
			const isMissing = error instanceof ApiFailure && isNotFound(error);
			if (hash === undefined || !isMissing) throw error;
			return await client.ask('transactionDetail', { hash });
		});
		return answerOutput(isSimplified, answer);
	},
});
