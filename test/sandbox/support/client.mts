import type { Sandbox } from '../sandbox.mts';

/** An answer of the API, its body read as JavaScript reads JSON, and as it came. */
export interface ApiAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	readonly code: number;
	readonly message: string;
	// The tests reach into answers of many shapes; a wrong member shows as a failed expectation.
	readonly data: Record<string, unknown> & { list?: Array<Record<string, unknown>> };
}

/** Calls an endpoint as a merchant does. Without `key`: the first merchant's. */
export async function call(
	sandbox: Sandbox,
	endpoint: string,
	body: object | string = {},
	{ key = sandbox.apiKey, prefix = '/api/v1/pay/sdk', method = 'POST' } = {},
): Promise<ApiAnswer> {
	const response = await fetch(`${sandbox.url}${prefix}${endpoint}`, {
		method,
		redirect: 'manual',
		headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
		...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, ...JSON.parse(text) };
}

export const USDT_ON_TRON = { currency: 'USDT', network: 'tron' };

/** Creates an order and returns the answer's `data`. */
export async function addOrder(sandbox: Sandbox, fields: object = {}) {
	const { data } = await call(sandbox, '/order/add', { amount: 10, ...USDT_ON_TRON, ...fields });
	return data as Record<string, unknown> & { trade_id: string };
}
