import { PAYMENT_METHODS } from '../../state/methods.mts';
import type { Endpoints } from './endpoint.mts';

export const MERCHANT_ENDPOINTS: Endpoints = {
	'/payment-methods': () => ({ methods: PAYMENT_METHODS.map((method) => ({ ...method })) }),

	'/merchant/detail': ({ world, account: { merchant } }) => ({
		mch_id: merchant.id,
		[world.settings.merchantNameField]: merchant.name,
		status: merchant.status,
	}),

	'/plugin/activate': ({ input }) => {
		input.requiredText('plugin_type');
		input.requiredText('plugin_version');
		input.text('platform_version');
		return null;
	},
};
