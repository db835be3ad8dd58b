import { MERCHANT_ENDPOINTS } from './merchant.mts';
import { ORDER_ENDPOINTS } from './orders.mts';

/** The only one beside the orders' and the merchant's own that the vendor has not published. */
const INFERRED_OF_ORDERS = '/order/list';

/** Whether the vendor announces an endpoint's function, but has published no such endpoint. */
export function isInferred(endpoint: string): boolean {
	if (endpoint.startsWith('/public/')) return false;
	const isPublished = Object.hasOwn({ ...ORDER_ENDPOINTS, ...MERCHANT_ENDPOINTS }, endpoint);
	return !isPublished || endpoint === INFERRED_OF_ORDERS;
}
