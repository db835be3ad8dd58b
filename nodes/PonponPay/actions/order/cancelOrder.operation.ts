import { order } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';
import { cancelRequest } from './cancelRequest';

export const cancelOrder = operation({
	name: 'Cancel',
	description: 'Cancel an order that nobody has paid yet; one that was paid meanwhile stays paid',
	action: 'Cancel order',
	fields: { order, simplify },
	async run({ order: { id, body }, simplify: isSimplified }, { client, hint }) {
		const answer = await client.once(cancelRequest(id, body));
		const { isPaid, status } = answer.value;
		if (isPaid)
			hint(`Order ${id} was paid before it could be cancelled: it is paid, not cancelled.`);
		if (!isSimplified) return answerOutput(isSimplified, answer);
		return { ...answer.value, isCancelled: status === 'cancelled', wasPaidMeanwhile: isPaid };
	},
});
