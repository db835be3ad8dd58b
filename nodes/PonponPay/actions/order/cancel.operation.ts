import { orderStatusCode } from '../../../shared/model/status';
import { orderField, orderReference, simplifyField } from '../fields';
import type { Operation } from '../operation';
import { cancelRequest } from './cancelRequest';
import { orderOutput } from './orderRequest';

export const cancel: Operation = {
	name: 'Cancel',
	description: 'Cancel an order that nobody has paid yet; one that was paid meanwhile stays paid',
	action: 'Cancel order',
	fields: [orderField, simplifyField],
	async run(context) {
		const { id, body } = orderReference(context);
		const { value, wire: data } = await context.client.once(cancelRequest(id, body));
		const known = { ...body, status: orderStatusCode('cancelled') };
		const { isPaid, status } = value;
		if (isPaid) {
			context.hint(`Order ${id} was paid before it could be cancelled: it is paid, not cancelled.`);
		}
		const order = orderOutput(context, data, known);
		if (context.field('simplify') === false) return order;
		return { ...order, isCancelled: status === 'cancelled', wasPaidMeanwhile: isPaid };
	},
};
