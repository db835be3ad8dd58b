import { optional, remark, requireBothOrNone } from '../../../shared/fields/compose';
import { choice } from '../../../shared/fields/choices';
import { currency, network } from '../../../shared/fields/locators';
import { simplify } from '../fields';
import { operation } from '../operation';
import {
	commonOptions,
	commonRequest,
	notifyOptions,
	notifyRequest,
	orderAmount,
} from './newOrderFields';
import { sendNewOrder } from './orderRequest';
import { pricedOutput, priceInUsd, priceOptions } from './price';

/** The languages of the payment page [P]. */
const LOCALES = [
	{ name: 'Arabic', value: 'ar' },
	{ name: 'Chinese', value: 'zh' },
	{ name: 'English', value: 'en' },
	{ name: 'French', value: 'fr' },
	{ name: 'German', value: 'de' },
	{ name: 'Japanese', value: 'ja' },
	{ name: 'Korean', value: 'ko' },
	{ name: 'Portuguese', value: 'pt' },
	{ name: 'Russian', value: 'ru' },
	{ name: 'Spanish', value: 'es' },
] as const;

/** The language of what browsers send, such as `zh-CN`. */
function languageOf(text: string): string {
	return /^([a-z]{2})(?:[-_][a-z0-9]+)*$/i.exec(text)?.[1].toLowerCase() ?? text;
}

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
			choice(
				{
					displayName: 'Locale',
					description: "Language of the payment page. Without it, that of the customer's browser.",
				},
				LOCALES,
				'en',
				languageOf,
			),
		),
		network: optional(
			network({
				description: 'Blockchain to pay on. Give Currency too, and the customer is not asked.',
				besides: 'options.currency.value',
			}),
		),
		...commonOptions,
		...notifyOptions,
		...priceOptions,
	},
	async run({ amount, simplify: isSimplified, options }, context) {
		const { currency: coin, network: chain, locale } = options;
		// PonponPay skips the choice only when it knows both [P].
		requireBothOrNone(['Currency', coin !== undefined], ['Network', chain !== undefined]);
		const price = priceInUsd(amount, options);
		const order = {
			amount: price.amount,
			currency: coin,
			network: chain,
			locale,
			...commonRequest(options, context),
			...notifyRequest(options, context),
		};
		const answer = await sendNewOrder(context, 'orderCheckout', order, options.ifExpired);
		return pricedOutput(isSimplified, answer, price);
	},
});
