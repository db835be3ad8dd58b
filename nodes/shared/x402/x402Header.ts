/** The headers of x402; names in lower case, as Node gives them. */
export const HEADER = {
	required: 'PAYMENT-REQUIRED',
	signature: 'payment-signature',
	/** Of version 1, which is not offered. */
	oldPayment: 'x-payment',
	response: 'PAYMENT-RESPONSE',
} as const;

/** Longer than any proof, also one of a smart wallet, and more than Node takes of all headers together. In characters. */
export const LONGEST_HEADER = 16_384;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const BASE64_URL = /^[A-Za-z0-9_-]+={0,2}$/;

/** A JSON object as a header carries it. */
export function encodeHeader(value: object): string {
	return Buffer.from(JSON.stringify(value), 'utf8').toString('base64');
}

/** The JSON object that a header carries in base64 or base64url; `undefined` where it carries none. */
export function decodeHeader(text: string): Record<string, unknown> | undefined {
	if (text.length > LONGEST_HEADER) return undefined;
	if (!BASE64.test(text) && !BASE64_URL.test(text)) return undefined;
	try {
		const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}
