import { remark } from '../../../shared/fields/compose';
import { toggle } from '../../../shared/fields/choices';
import { text } from '../../../shared/fields/texts';
import { dispute } from '../../../shared/fields/locators';
import { HIDDEN, InvalidInput } from '../../../shared/model/invalidInput';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';

export const acceptDispute = operation({
	name: 'Accept',
	description: 'Give a dispute up for good: the customer is right and gets the money',
	action: 'Accept dispute',
	fields: {
		dispute,
		confirm: toggle(
			{
				displayName: 'I Give This Dispute Up',
				description:
					'Whether you are sure: the customer gets the money, and this cannot be taken back',
			},
			false,
		),
		simplify,
	},
	options: {
		reason: remark(
			text({
				displayName: 'Reason',
				placeholder: 'The parcel was lost',
				description: 'Why the dispute is given up, for your own records',
			}),
		),
	},
	async run({ dispute: id, confirm, simplify: isSimplified, options: { reason } }, { client }) {
		if (!confirm) {
			throw new InvalidInput(
				'I Give This Dispute Up',
				HIDDEN,
				'must be switched on: accepting gives the dispute up for good',
			);
		}
		const answer = await client.once({
			endpoint: 'disputeAccept',
			body: { dispute_id: id, reason },
			id,
			lookUp: { endpoint: 'disputeDetail', body: { dispute_id: id } },
			mayBeDone: () => true,
			judge: ({ status }) => (status === 'accepted' ? 'done' : 'notDone'),
		});
		return answerOutput(isSimplified, answer);
	},
});
