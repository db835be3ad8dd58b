import type { SandboxSettings } from '../../settings.mts';
import { MERCHANT_ENDPOINTS } from './merchant.mts';
import { ORDER_ENDPOINTS } from './orders.mts';
import { X402_ENDPOINTS } from './x402.mts';

export const CANONICAL_PREFIX = '/api/v1/pay';
/** "Legacy compatibility", and all that the oldest hosts know. */
export const LEGACY_PREFIX = '/api/v1/pay/sdk';

/** The only one beside the orders', the merchant's own and those of x402 that the vendor has not published. */
const INFERRED_OF_ORDERS = '/order/list';

/** Whether the vendor announces an endpoint's function, but has published no such endpoint. */
export function isInferred(endpoint: string): boolean {
	if (endpoint.startsWith('/public/')) return false;
	const published = { ...ORDER_ENDPOINTS, ...MERCHANT_ENDPOINTS, ...X402_ENDPOINTS };
	const isPublished = Object.hasOwn(published, endpoint);
	return !isPublished || endpoint === INFERRED_OF_ORDERS;
}

/** Whether a host that offers so much has the endpoint under that prefix. */
export function isOffered(
	offers: SandboxSettings['offers'],
	prefix: string,
	endpoint: string,
): boolean {
	if (offers === 'legacy' && prefix !== LEGACY_PREFIX) return false;
	if (offers === 'published' && isInferred(endpoint)) return false;
	if (Object.hasOwn(MERCHANT_ENDPOINTS, endpoint)) return prefix === LEGACY_PREFIX;
	return prefix === CANONICAL_PREFIX || !Object.hasOwn(X402_ENDPOINTS, endpoint);
}
