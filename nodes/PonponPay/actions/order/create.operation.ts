import { requireAmount } from '../../../shared/model/money';
import {
	amountField,
	currencyField,
	merchantOrderIdOption,
	networkField,
	notifyExecutionOption,
	notifyUrlOption,
	orderOptions,
	redirectUrlOption,
	requireCurrency,
	requireNetwork,
	simplifyField,
} from '../fields';
import type { Operation } from '../operation';
import { createOrder, orderOutput } from './orderRequest';

export const create: Operation = {
	name: 'Create',
	description:
		'Create an order in one stablecoin on one network, with its payment link, wallet address and exact amount',
	action: 'Create order',
	fields: [amountField, currencyField, networkField, simplifyField],
	options: [merchantOrderIdOption, notifyExecutionOption, notifyUrlOption, redirectUrlOption],
	async run(context) {
		const order = {
			amount: requireAmount('Amount', context.field('amount')),
			currency: requireCurrency(context.field('currency')),
			network: requireNetwork(context.field('network')),
			...orderOptions(context),
		};
		const data = await createOrder(context, 'orderAdd', order);
		// The answer to a create has neither our id nor a status: a new order waits for payment [P].
		return orderOutput(context, data, { mch_order_id: order.mch_order_id, status: 1 });
	},
};
