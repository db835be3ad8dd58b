import { toRefund } from '../../../shared/model/refund';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';
import { objectOutput, wireObject } from '../output';
import { refundField, refundReference } from './refundFields';

export const cancel: Operation = {
	name: 'Cancel',
	description: 'Stop a refund that has not been sent yet',
	action: 'Cancel refund',
	fields: [refundField, simplifyField],
	async run(context) {
		const { id, body } = refundReference(context);
		const data = await context.client.once({
			endpoint: 'refundCancel',
			body,
			id,
			lookUp: { endpoint: 'refundDetail', body },
			mayBeDone: () => true,
			judge: (found) => (toRefund(wireObject(found)).status === 'cancelled' ? 'done' : 'notDone'),
		});
		return objectOutput(context, wireObject(data), toRefund);
	},
};
