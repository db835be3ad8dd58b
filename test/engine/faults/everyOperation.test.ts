import { resources } from '../../../nodes/PonponPay/actions';
import type { Operation } from '../../../nodes/PonponPay/actions/operation';
import { API_KEY, engine, typed } from '../action/support.mts';
import { jsonAnswer, startServer, type Answer } from '../harness/server.mts';
import { sampleFields } from './sampleFields';

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
	Object.entries<Operation>(table).map(
		([operation, { isLocal }]) => [resource, operation, isLocal === true] as const,
	),
);

/** The operations whose request was really sent. */
const sent = new Set<string>();

describe.each(hosts)('Where the host %s', (_what, answer) => {
	it.each(operations)(
		'nothing that n8n keeps of %s: %s holds the key or the secret',
		async (resource, operation) => {
			const server = await startServer(answer);
			const { kept } = await engine.runNode({
				parameters: { ...sampleFields(resource, operation) },
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
	const asking = operations.filter(([, , isLocal]) => !isLocal);
	expect([...sent].sort()).toEqual(asking.map(([...names]) => names.slice(0, 2).join(': ')).sort());
});
