import { performance } from 'node:perf_hooks';
import { Agent, request } from 'undici';

import { mapConcurrently } from '../../nodes/shared/concurrency';

/** The same calls by nothing but an HTTP client with as many kept connections: what the machine can do. */
export async function bare(url: string, count: number, concurrency: number): Promise<number> {
	const dispatcher = new Agent({ connections: concurrency });
	const start = performance.now();
	await mapConcurrently(count, concurrency, async (index) => {
		const { body } = await request(`${url}/api/v1/pay/sdk/order/add`, {
			dispatcher,
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': 'sk_sandbox_0' },
			body: JSON.stringify({
				amount: 12.5,
				currency: 'USDT',
				network: 'tron',
				mch_order_id: `bare-${index}`,
			}),
		});
		return await body.json();
	});
	const milliseconds = performance.now() - start;
	await dispatcher.close();
	return milliseconds;
}
