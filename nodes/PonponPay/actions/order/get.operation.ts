import { orderField, orderReference, simplifyField } from '../fields';
import type { Operation } from '../operation';
import { orderOutput } from './orderRequest';

export const get: Operation = {
	name: 'Get',
	description: 'Look an order up: its status, amounts, payment link and transaction',
	action: 'Get order',
	fields: [orderField, simplifyField],
	async run(context) {
		const { body } = orderReference(context);
		return orderOutput(context, await context.client.call('orderDetail', body), body);
	},
};
