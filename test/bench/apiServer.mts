/**
 * A PonponPay that does nothing but answer after a given time, in a process of its own.
 *
 * Not the sandbox: what that does for an order costs more than n8n's share of a request, so that ratios between nodes would be
 * ratios of the sandbox. The first part of the path is the delay in milliseconds: `/50/api/v1/pay/sdk/order/add`.
 *
 * Prints its port.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const CREATED = 1_790_000_000;

function order(number: number): object {
	return {
		trade_id: `P20261122083015${String(number).padStart(6, '0')}`,
		mch_order_id: `shop-${number}`,
		currency: 'USDT',
		network: 'tron',
		amount: 12.5,
		actual_amount: 12.5001,
		address: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8',
		status: 1,
		created_at: CREATED - number,
		expiration_time: CREATED + 1800,
		payment_url: 'https://pay.example.com/p/P20261122083015000001',
	};
}

const success = (data: object) => JSON.stringify({ code: 0, message: 'success', data });
const pages = new Map<string, string>();

/** The list has as many orders as the last part of its path before the API's says: `/50/10000/api/…`. */
function pageAsAsked(total: number, body: string): string {
	const { page, page_size: size } = JSON.parse(body) as { page: number; page_size: number };
	const key = `${total} ${page} ${size}`;
	let text = pages.get(key);
	if (text === undefined) {
		const first = (page - 1) * size;
		const list = Array.from({ length: Math.max(0, Math.min(size, total - first)) }, (_, index) =>
			order(first + index + 1),
		);
		text = success({ list, total, page, page_size: size });
		pages.set(key, text);
	}
	return text;
}

/** What was asked for: our node takes no other order for the one it wanted. */
function orderAsAsked(body: string): string {
	const { amount, mch_order_id } = JSON.parse(body) as Record<string, unknown>;
	return success({ ...order(1), amount: Number(amount), mch_order_id });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
	return text;
}

const server = createServer(async (request, response) => {
	const [, delay = '0', total = '0'] = (request.url ?? '').split('/');
	const body = await bodyOf(request);
	const answer = request.url?.endsWith('/order/list')
		? pageAsAsked(Number(total), body)
		: orderAsAsked(body);
	const send = () =>
		response
			.writeHead(200, {
				'content-type': 'application/json',
				'content-length': Buffer.byteLength(answer),
			})
			.end(answer);
	if (delay === '0') send();
	else setTimeout(send, Number(delay));
});
// A peer that keeps connections must not have them closed between two measurements.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4096, () => {
	process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.on('disconnect', () => process.exit());
