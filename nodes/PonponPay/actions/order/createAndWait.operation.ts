import { notice } from '../../../shared/fields/compose';
import { learnByOwnOrder, waitOptions } from '../../wait/waitSettings';
import { operation } from '../operation';
import { orderFields } from './createOrder.operation';
import { commonOptions, commonRequest, notifyRequest } from './newOrderFields';
import { sendNewOrder } from './orderRequest';

export const createAndWait = operation({
	name: 'Create and Wait',
	// The list of operations shows about 110 characters.
	description:
		'Create an order and pause until it is paid or over. To send its link, use Create, then Wait for Payment.',
	action: 'Create order and wait for payment',
	fields: {
		...orderFields,
		learnBy: learnByOwnOrder,
		linkNotice: notice(
			'The payment link leaves this node only when the wait is over; until then this panel shows it. To send it to the customer first, use two nodes: <b>Create</b>, then <b>Wait for Payment</b>.',
		),
	},
	options: { ...commonOptions, ...waitOptions },
	waits: true,
	async run({ amount, currency, network, learnBy: way, options }, context) {
		const wakesItself = { notifyExecution: way === 'callback', notifyUrl: undefined };
		const order = {
			amount,
			currency,
			network,
			...commonRequest(options, context),
			...notifyRequest(wakesItself, context),
		};
		return (await sendNewOrder(context, 'orderAdd', order, options.ifExpired)).value;
	},
});
