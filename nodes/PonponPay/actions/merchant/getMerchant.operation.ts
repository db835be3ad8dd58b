import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const getMerchant = operation({
	name: 'Get',
	description: 'Look up the merchant account that the API key belongs to',
	action: 'Get merchant',
	fields: { simplify },
	async run({ simplify: isSimplified }, { client }) {
		return answerOutput(isSimplified, await client.ask('merchantDetail'));
	},
});
