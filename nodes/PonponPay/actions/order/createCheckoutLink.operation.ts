import { optional, remark, requireBothOrNone } from '../../../shared/fields/compose';
import { text } from '../../../shared/fields/texts';
import { currency, network } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import { answerOutput } from '../output';
import {
	commonOptions,
	commonRequest,
	notifyOptions,
	notifyRequest,
	orderAmount,
} from './newOrderFields';
import { sendNewOrder } from './orderRequest';

export const createCheckoutLink = operation({
	name: 'Create Checkout Link',
	description:
		'Create an order and a link to a page where the customer chooses currency and network',
	action: 'Create checkout link',
	fields: { amount: orderAmount, simplify },
	options: {
		currency: optional(
			currency({
				description: 'Stablecoin to pay with. Give Network too, and the customer is not asked.',
			}),
		),
		locale: remark(
			text({
				displayName: 'Locale',
				placeholder: 'en',
				description: 'Language of the payment page, such as en or zh',
			}),
		),
		network: optional(
			network({
				description: 'Blockchain to pay on. Give Currency too, and the customer is not asked.',
				besides: 'options.currency.value',
			}),
		),
		...commonOptions,
		...notifyOptions,
	},
	async run({ amount, simplify: isSimplified, options }, context) {
		const { currency: coin, network: chain, locale } = options;
		// PonponPay skips the choice only when it knows both [P].
		requireBothOrNone(['Currency', coin !== undefined], ['Network', chain !== undefined]);
		const order = {
			amount,
			currency: coin,
			network: chain,
			locale,
			...commonRequest(options, context),
			...notifyRequest(options, context),
		};
		return answerOutput(
			isSimplified,
			await sendNewOrder(context, 'orderCheckout', order, options.ifExpired),
		);
	},
});
