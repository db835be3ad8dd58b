import { dispute } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const getDispute = operation({
	name: 'Get',
	description: 'Look a dispute up: what it is about, and how long there is to respond',
	action: 'Get dispute',
	fields: { dispute, simplify },
	async run({ dispute: id, simplify: isSimplified }, { client }) {
		return answerOutput(isSimplified, await client.ask('disputeDetail', { dispute_id: id }));
	},
});
