import { toRefund } from '../../../shared/model/refund';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { objectOutput } from '../output';
import { refundField, refundReference } from './refundFields';

export const cancel: Operation = {
	name: 'Cancel',
	description: 'Stop a refund that has not been sent yet',
	action: 'Cancel refund',
	fields: [refundField, simplifyField],
	async run(context) {
		const { id, body } = refundReference(context);
		const { wire } = await context.client.once({
			endpoint: 'refundCancel',
			body,
			id,
			lookUp: { endpoint: 'refundDetail', body },
			mayBeDone: () => true,
			judge: (found) => (found.status === 'cancelled' ? 'done' : 'notDone'),
		});
		return objectOutput(context, wire, toRefund);
	},
};
