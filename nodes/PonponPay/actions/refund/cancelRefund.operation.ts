import { refund } from '../../../shared/fields/locators';
import { toRefund } from '../../../shared/model/refund';
import { simplify } from '../fields';
import { operation } from '../operation';
import { objectOutput, wireObject } from '../output';

export const cancelRefund = operation({
	name: 'Cancel',
	description: 'Stop a refund that has not been sent yet',
	action: 'Cancel refund',
	fields: { refund, simplify },
	async run({ refund: { id, body }, simplify: isSimplified }, { client }) {
		const data = await client.once({
			endpoint: 'refundCancel',
			body,
			id,
			lookUp: { endpoint: 'refundDetail', body },
			mayBeDone: () => true,
			judge: (found) => (toRefund(wireObject(found)).status === 'cancelled' ? 'done' : 'notDone'),
		});
		return objectOutput(isSimplified, wireObject(data), toRefund);
	},
});
