import type { Sandbox } from '../sandbox/sandbox.mts';

/**
 * An order as any client makes it.
 *
 * @param notifyUrl is told of all its changes, whatever the hooks want
 * @returns its trade id
 */
export async function createOrder(
	{ url, apiKey }: Pick<Sandbox, 'url' | 'apiKey'>,
	notifyUrl?: string,
	amount = 3,
): Promise<string> {
	const answer = await fetch(`${url}/api/v1/pay/sdk/order/add`, {
		method: 'POST',
		headers: { 'X-API-Key': apiKey, 'Content-Type': 'application/json' },
		body: JSON.stringify({ amount, currency: 'USDT', network: 'tron', notify_url: notifyUrl }),
	});
	return ((await answer.json()) as { data: { trade_id: string } }).data.trade_id;
}
