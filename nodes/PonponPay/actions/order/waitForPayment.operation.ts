import { order } from '../../../shared/fields/locators';
import { learnBy, waitOptions } from '../../wait/waitSettings';
import { operation } from '../operation';

export const waitForPayment = operation({
	name: 'Wait for Payment',
	description: 'Pause until an order is paid, expired or cancelled',
	action: 'Wait for payment',
	fields: { order, learnBy },
	options: waitOptions,
	waits: true,
	async run({ order: { body } }, { client }) {
		return (await client.ask('orderDetail', body)).value;
	},
});
