import { toOrder } from '../../../shared/model/order';
import { learnByField, waitOptions } from '../../wait/waitSettings';
import { orderField, orderReference } from '../fields';
import type { Operation } from '../operation';
import { wireObject } from '../output';

export const wait: Operation = {
	name: 'Wait for Payment',
	description: 'Pause until an order is paid, expired or cancelled',
	action: 'Wait for payment',
	fields: [orderField, learnByField],
	options: waitOptions,
	waits: true,
	async run(context) {
		const { body } = orderReference(context);
		return toOrder({ ...body, ...wireObject(await context.client.call('orderDetail', body)) });
	},
};
