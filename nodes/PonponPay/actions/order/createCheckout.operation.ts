import { InvalidInput } from '../../../shared/model/invalidInput';
import { requireAmount } from '../../../shared/model/money';
import {
	amountField,
	merchantOrderIdOption,
	notifyExecutionOption,
	notifyUrlOption,
	optionalCurrencyField,
	optionalNetworkField,
	orderOptions,
	redirectUrlOption,
	requireCurrency,
	requireNetwork,
	simplifyField,
	textOf,
} from '../fields';
import type { Operation, OperationContext } from '../operation';
import { createOrder, orderOutput } from './orderRequest';

export const createCheckout: Operation = {
	name: 'Create Checkout Link',
	description:
		'Create an order and a link to a page where the customer chooses currency and network',
	action: 'Create checkout link',
	fields: [amountField, simplifyField],
	options: [
		optionalCurrencyField(
			'Stablecoin to pay with. Give Network too, and the customer is not asked.',
		),
		{
			displayName: 'Locale',
			name: 'locale',
			type: 'string',
			default: '',
			placeholder: 'en',
			description: 'Language of the payment page, such as en or zh',
		},
		merchantOrderIdOption,
		optionalNetworkField(
			'options',
			'Blockchain to pay on. Give Currency too, and the customer is not asked.',
		),
		notifyExecutionOption,
		notifyUrlOption,
		redirectUrlOption,
	],
	async run(context) {
		const order = {
			amount: requireAmount('Amount', context.field('amount')),
			...methodOf(context),
			locale: textOf(context.option('locale')) || undefined,
			...orderOptions(context),
		};
		const data = await createOrder(context, 'orderCheckout', order);
		const { mch_order_id, currency, network } = order;
		// Until a method is chosen the order is a mere checkout; the answer says neither [P].
		const known = { mch_order_id, currency, network, status: currency === undefined ? 0 : 1 };
		return orderOutput(context, data, { ...known, amount: order.amount.toString() });
	},
};

/** Currency and network go together: PonponPay skips the choice only when it knows both [P]. */
function methodOf(context: OperationContext): { currency?: string; network?: string } {
	const [currency, network] = [context.option('currency'), context.option('network')];
	if (textOf(currency) === '' && textOf(network) === '') return {};
	if (textOf(currency) === '') {
		throw new InvalidInput('Currency', '', 'must be given together with Network, or neither');
	}
	if (textOf(network) === '') {
		throw new InvalidInput('Network', '', 'must be given together with Currency, or neither');
	}
	return { currency: requireCurrency(currency), network: requireNetwork(network) };
}
