import { order } from '../../../shared/fields/locators';
import { toOrder } from '../../../shared/model/order';
import { orderStatusCode } from '../../../shared/model/status';
import { simplify } from '../fields';
import { operation } from '../operation';
import { wireObject } from '../output';
import { cancelRequest } from './cancelRequest';
import { orderOutput } from './orderRequest';

export const cancelOrder = operation({
	name: 'Cancel',
	description: 'Cancel an order that nobody has paid yet; one that was paid meanwhile stays paid',
	action: 'Cancel order',
	fields: { order, simplify },
	async run({ order: { id, body }, simplify: isSimplified }, context) {
		const data = await context.client.once(cancelRequest(id, body));
		const known = { ...body, status: orderStatusCode('cancelled') };
		const { isPaid, status } = toOrder({ ...known, ...wireObject(data) });
		if (isPaid) {
			context.hint(`Order ${id} was paid before it could be cancelled: it is paid, not cancelled.`);
		}
		const cancelled = orderOutput(isSimplified, data, known);
		if (!isSimplified) return cancelled;
		return { ...cancelled, isCancelled: status === 'cancelled', wasPaidMeanwhile: isPaid };
	},
});
