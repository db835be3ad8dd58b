/**
 * A PonponPay that does nothing but answer after a given time, in a process of its own.
 *
 * Not the sandbox: what that does for an order costs more than n8n's share of a request, so that ratios between nodes would be
 * ratios of the sandbox. The first part of the path says how the service behaves: `/50/api/v1/pay/sdk/order/add` answers after
 * 50 milliseconds; {@link SimulatedService} has the others. `/50/seen` tells what it saw.
 *
 * Prints its port.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { SimulatedService } from './service.mts';

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

const services = new Map<string, SimulatedService>();

const server = createServer(async (request, response) => {
	const [, path = '0', total = '0'] = (request.url ?? '').split('/');
	let service = services.get(path);
	if (service === undefined) services.set(path, (service = new SimulatedService(path)));
	const body = await bodyOf(request);
	const send = (status: number, answer: string) =>
		response
			.writeHead(status, {
				'content-type': 'application/json',
				'content-length': Buffer.byteLength(answer),
				...(status === 429 && { 'retry-after': '1' }),
			})
			.end(answer);
	const isList = request.url?.endsWith('/order/list');
	if (total === 'seen') send(200, JSON.stringify(service.report()));
	else if (!(await service.serve())) send(429, '');
	else send(200, isList ? pageAsAsked(Number(total), body) : orderAsAsked(body));
});
// A peer that keeps connections must not have them closed between two measurements.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4096, () => {
	process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.on('disconnect', () => process.exit());
