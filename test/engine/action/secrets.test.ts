import type { INodeParameters } from 'n8n-workflow';
import { jsonAnswer, startServer, unreachableUrl, type Answer } from '../harness/server.mts';
import {
	account,
	API_KEY,
	cancelOrder,
	createOrder,
	engine,
	getOrder,
	locator,
	typed,
} from './support.mts';

const key = (headers: Record<string, unknown>) => String(headers['x-api-key']);

/** Hosts that go wrong in every way, and repeat the key in their answer where they can. */
const hosts: Array<[what: string, answer: Answer]> = [
	[
		'refuses and repeats the key',
		(request, response) =>
			jsonAnswer({ code: 10002, message: `no such key: ${key(request.headers)}` }, 401)(
				request,
				response,
			),
	],
	[
		'says no and repeats the whole request',
		(request, response) =>
			jsonAnswer({ code: 10001, message: JSON.stringify(request) })(request, response),
	],
	[
		'crashes with a page that repeats the headers',
		(request, response) => {
			response.writeHead(500, { 'content-type': 'text/html' });
			response.end(`<pre>${JSON.stringify(request.headers)}</pre>`);
		},
	],
	[
		'answers a page that repeats the headers',
		(request, response) => {
			response.end(JSON.stringify(request.headers));
		},
	],
	[
		'redirects',
		(_request, response) => {
			response.writeHead(307, { location: 'http://127.0.0.1:9/' });
			response.end();
		},
	],
	[
		'limits requests',
		(request, response) => {
			response.setHeader('retry-after', '3600');
			jsonAnswer({ code: 429, message: key(request.headers) }, 429)(request, response);
		},
	],
	['breaks the connection', (_request, response) => response.destroy()],
	[
		'breaks off in the middle of its answer',
		(_request, response) => {
			response.writeHead(200, { 'content-length': '1000' });
			response.write('{"code":', () => response.destroy());
		},
	],
	['sends no route', jsonAnswer({ code: 404, message: 'route not found' }, 404)],
];

const once = { options: { mostTries: 1 } };
const operations: Array<[name: string, parameters: INodeParameters]> = [
	['Create', createOrder(once)],
	['Get', getOrder(locator('tradeId', 'P1'), once)],
	['Cancel', cancelOrder(locator('tradeId', 'P1'), once)],
	['Merchant: Get', { resource: 'merchant', operation: 'get', ...once }],
];

describe.each(hosts)('Where the host %s', (_what, answer) => {
	it.each(operations)(
		'nothing that n8n keeps of "%s" holds the API key',
		async (_name, parameters) => {
			const server = await startServer(answer);
			for (const onError of [
				'stopWorkflow',
				'continueRegularOutput',
				'continueErrorOutput',
			] as const) {
				const outcome = await engine.runNode({
					parameters,
					credentials: account(server.url),
					onError,
				});
				expect(outcome.kept).not.toContain(API_KEY);
				expect(outcome.kept).not.toContain('x-api-key": "sk_');
			}
			expect(server.requests.length).toBeGreaterThan(0);
			await server.close();
		},
	);

	it('neither a drop-down nor the credential test shows it', async () => {
		const server = await startServer(answer);
		const list = engine.listSearch('searchCurrencies', { credentials: account(server.url) });
		const failure = await list.then(
			() => undefined,
			(error: Error) => error,
		);
		expect(failure).toBeInstanceOf(Error);
		expect(JSON.stringify(failure) + failure?.message + failure?.stack).not.toContain(API_KEY);
		const tested = await engine.testCredential('ponponPayApi', typed(server.url));
		expect(tested.status).toBe('Error');
		expect(JSON.stringify(tested)).not.toContain(API_KEY);
		await server.close();
	});
});

describe('Where no connection can be made', () => {
	it.each(operations)(
		'nothing that n8n keeps of "%s" holds the API key',
		async (_name, parameters) => {
			const outcome = await engine.runNode({
				parameters,
				credentials: account(await unreachableUrl()),
			});
			expect(outcome.error?.message).toBe('No connection to PonponPay could be made');
			expect(outcome.kept).not.toContain(API_KEY);
		},
	);
});

describe('Where all goes well', () => {
	it('the key is in the request and nowhere else', async () => {
		const server = await startServer((request, response) =>
			jsonAnswer({ code: 0, data: { trade_id: 'P1', echo: request.headers } })(request, response),
		);
		const outcome = await engine.runNode({
			parameters: createOrder({ simplify: false }),
			credentials: account(server.url),
		});
		expect(server.requests[0].headers['x-api-key']).toBe(API_KEY);
		expect(outcome.error).toBeUndefined();
		expect(outcome.kept).not.toContain(API_KEY);
		await server.close();
	});
});
