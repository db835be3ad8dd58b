import { InvalidInput } from '../../../shared/model/invalidInput';
import { simplifyField, textOf } from '../fields';
import type { Operation } from '../operation';
import { objectOutput } from '../output';
import { disputeField, disputeId, disputeShape } from './disputeFields';

export const accept: Operation = {
	name: 'Accept',
	description: 'Give a dispute up for good: the customer is right and gets the money',
	action: 'Accept dispute',
	fields: [
		disputeField,
		{
			displayName: 'I Give This Dispute Up',
			name: 'confirm',
			type: 'boolean',
			required: true,
			default: false,
			description:
				'Whether you are sure: the customer gets the money, and this cannot be taken back',
		},
		simplifyField,
	],
	options: [
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'The parcel was lost',
			description: 'Why the dispute is given up, for your own records',
		},
	],
	async run(context) {
		const id = disputeId(context);
		if (context.field('confirm') !== true) {
			throw new InvalidInput(
				'I Give This Dispute Up',
				context.field('confirm'),
				'must be switched on: accepting gives the dispute up for good',
			);
		}
		const { wire } = await context.client.once({
			endpoint: 'disputeAccept',
			body: { dispute_id: id, reason: textOf(context.option('reason')) || undefined },
			id,
			lookUp: { endpoint: 'disputeDetail', body: { dispute_id: id } },
			mayBeDone: () => true,
			judge: (found) => (found.status === 'accepted' ? 'done' : 'notDone'),
		});
		return objectOutput(context, wire, disputeShape);
	},
};
