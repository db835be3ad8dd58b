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

/** What an order is, beside its options. */
export const orderFields = {
	amount: orderAmount,
	currency: currency({ description: 'Stablecoin the customer pays with', initially: 'USDT' }),
	network: network({
		description: 'Blockchain the customer pays on; the list shows those that carry the currency',
		besides: 'currency.value',
		initially: { value: 'tron', cachedResultName: 'Tron' },
	}),
};

export const createOrder = operation({
	name: 'Create',
	description:
		'Create an order in one stablecoin on one network, with its payment link, wallet address and exact amount',
	action: 'Create order',
	fields: { ...orderFields, simplify },
	options: { ...commonOptions, ...notifyOptions, ...priceOptions },
	async run({ amount, currency: coin, network: chain, simplify: isSimplified, options }, context) {
		const price = priceInUsd(amount, options);
		const order = {
			amount: price.amount,
			currency: coin,
			network: chain,
			...commonRequest(options, context),
			...notifyRequest(options, context),
		};
		const answer = await sendNewOrder(context, 'orderAdd', order, options.ifExpired);
		return pricedOutput(isSimplified, answer, price);
	},
});
