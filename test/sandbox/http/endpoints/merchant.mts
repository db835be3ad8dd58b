import { PAYMENT_METHODS } from '../../state/methods.mts';
import { NumberToken, type WireObject } from '../../wire.mts';
import type { Endpoints } from './endpoint.mts';

/** What the fees are and the word of a quote's status are guessed: a flat per mille, quoted. */
function feeQuotes(): WireObject {
	const currencies = new Set(PAYMENT_METHODS.flatMap((method) => method.currencies));
	return Object.fromEntries(
		[...currencies].map((currency) => [
			currency,
			{ standard_fee: new NumberToken('0.001'), fee_currency: currency, status: 'quoted' },
		]),
	);
}

export const MERCHANT_ENDPOINTS: Endpoints = {
	'/payment-methods': () => ({
		methods: PAYMENT_METHODS.map((method) => ({ ...method })),
		default_currency: 'USDT',
		fee_quotes: feeQuotes(),
	}),

	'/merchant/detail': ({ world, account: { merchant } }) => ({
		mch_id: merchant.id,
		[world.settings.merchantNameField]: merchant.name,
		status: merchant.status,
	}),

	'/plugin/activate': ({ input }) => {
		input.requiredText('plugin_type');
		input.text('plugin_version');
		input.text('platform_version');
		return null;
	},
};
