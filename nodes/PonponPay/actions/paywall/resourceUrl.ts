import { url } from '../../../shared/fields/texts';

/** The address of what is sold. */
export const resourceUrl = url({
	displayName: 'Resource URL',
	placeholder: 'https://shop.example/webhook/answers',
	description: 'The address as it stands at PonponPay as an enabled x402 Resource',
});
