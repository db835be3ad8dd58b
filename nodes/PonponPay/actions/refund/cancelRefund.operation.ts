import { refund } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const cancelRefund = operation({
	name: 'Cancel',
	description: 'Stop a refund that has not been sent yet',
	action: 'Cancel refund',
	fields: { refund, simplify },
	async run({ refund: { id, body }, simplify: isSimplified }, { client }) {
		const answer = await client.once({
			endpoint: 'refundCancel',
			body,
			id,
			lookUp: { endpoint: 'refundDetail', body },
			mayBeDone: () => true,
			judge: ({ status }) => (status === 'cancelled' ? 'done' : 'notDone'),
		});
		return answerOutput(isSimplified, answer);
	},
});
