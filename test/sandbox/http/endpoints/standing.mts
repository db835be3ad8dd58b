import { MERCHANT_ENDPOINTS } from './merchant.mts';
import { ORDER_ENDPOINTS } from './orders.mts';
import { X402_ENDPOINTS } from './x402.mts';

/** The only one beside the orders', the merchant's own and those of x402 that the vendor has not published. */
const INFERRED_OF_ORDERS = '/order/list';

/** Whether the vendor announces an endpoint's function, but has published no such endpoint. */
export function isInferred(endpoint: string): boolean {
	if (endpoint.startsWith('/public/')) return false;
	const published = { ...ORDER_ENDPOINTS, ...MERCHANT_ENDPOINTS, ...X402_ENDPOINTS };
	const isPublished = Object.hasOwn(published, endpoint);
	return !isPublished || endpoint === INFERRED_OF_ORDERS;
}
