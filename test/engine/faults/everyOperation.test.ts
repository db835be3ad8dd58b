import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/PonponPay/actions';
import { API_KEY, createOrder, engine, locator, typed } from '../action/support.mts';
import { jsonAnswer, startServer, type Answer } from '../harness/server.mts';

const SHARED = 'whsec_5d41402abc4b2a76b9719d911017c592';

/** Hosts that say no, and repeat all that they were told. */
const hosts: Array<[what: string, answer: Answer]> = [
	[
		'refuses in the words of the request',
		(request, response) =>
			jsonAnswer({ code: 10001, message: JSON.stringify(request.headers) })(request, response),
	],
	[
		'refuses the key in its own words',
		(request, response) =>
			jsonAnswer({ code: 10002, message: `bad key ${String(request.headers['x-api-key'])}` }, 401)(
				request,
				response,
			),
	],
	[
		'crashes with a page of headers',
		(request, response) => {
			response.writeHead(500, { 'content-type': 'text/html' });
			response.end(`<pre>${JSON.stringify(request.headers)}</pre>`);
		},
	],
	['breaks the connection', (_request, response) => response.destroy()],
	[
		'answers with all that it was told as data',
		(request, response) =>
			jsonAnswer({ code: 0, data: { ...request.headers, message: request.headers } })(
				request,
				response,
			),
	],
];

const operations = Object.entries(resources).flatMap(([resource, { operations: table }]) =>
	Object.keys(table).map((operation) => [resource, operation] as const),
);

/** Something in every field that an operation may ask for. */
const everyField: INodeParameters = {
	...createOrder(),
	order: locator('tradeId', 'P1'),
	refund: locator('id', 'R1'),
	dispute: locator('id', 'D1'),
	transaction: locator('id', 'T1'),
	url: 'https://shop.example.com/hook',
	events: ['order.paid'],
	webhookId: 'W1',
	message: 'Delivered on Monday',
	confirm: true,
	path: '/order/detail',
	body: '{"trade_id":"P1"}',
	options: { mostTries: 1, timeout: 1 },
};

/** The operations whose request was really sent. */
const sent = new Set<string>();

describe.each(hosts)('Where the host %s', (_what, answer) => {
	it.each(operations)(
		'nothing that n8n keeps of %s: %s holds the key or the secret',
		async (resource, operation) => {
			const server = await startServer(answer);
			const { kept } = await engine.runNode({
				parameters: { ...everyField, resource, operation },
				credentials: { ponponPayApi: { ...typed(server.url), webhookSecret: SHARED } },
			});
			expect(kept).not.toContain(API_KEY);
			expect(kept).not.toContain(SHARED);
			if (server.requests.length > 0) sent.add(`${resource}: ${operation}`);
			await server.close();
		},
	);
});

it('and every operation that asks PonponPay was driven there', () => {
	const silent = operations.map((names) => names.join(': ')).filter((name) => !sent.has(name));
	expect(silent).toEqual([
		'webhook: removeDuplicates',
		'webhook: sendTestEvent',
		'webhook: verify',
	]);
});
