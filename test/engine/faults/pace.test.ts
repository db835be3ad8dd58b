import { account, createOrder, engine } from '../action/support.mts';
import { jsonAnswer, startServer, type Answer } from '../harness/server.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const anOrder = jsonAnswer({ code: 0, data: { trade_id: 'P1' } });

describe('Items', () => {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox();
	});
	afterEach(async () => await sandbox.close());

	const run = async (count: number, options = {}) =>
		await engine.runNode({
			parameters: createOrder({ options }),
			items: numbers(count).map(() => ({})),
			credentials: account(sandbox.url, sandbox.apiKey),
		});

	it('run strictly one after another where Concurrency is 1', async () => {
		sandbox.faults.limitConcurrency(1);
		const { json } = await run(30, { concurrency: 1 });
		expect(json).toHaveLength(30);
		expect(sandbox.requests.outcomes()).toEqual({ '200/0': 30 });
	});

	it('all succeed where PonponPay takes fewer at once than are sent', async () => {
		sandbox.faults.limitConcurrency(8);
		sandbox.faults.latency(20);
		const { json, pairedWith, error } = await run(40);
		expect(error).toBeUndefined();
		expect(pairedWith).toEqual(numbers(40));
		expect(new Set(json.map(({ tradeId }) => tradeId)).size).toBe(40);
		expect(sandbox.requests.outcomes()['429 before']).toBeGreaterThan(0);
	});
});

it('items are under way together, and never more than Concurrency says', async () => {
	const waiting: Array<() => void> = [];
	let most = 0;
	const server = await startServer((request, response) => {
		waiting.push(() => anOrder(request, response));
		most = Math.max(most, waiting.length);
		// Nobody is answered before four are there: one after another, this would wait for ever.
		if (waiting.length === 4) for (const answer of waiting.splice(0)) answer();
	});
	const { json } = await engine.runNode({
		parameters: createOrder({ options: { concurrency: 4 } }),
		items: numbers(40).map(() => ({})),
		credentials: account(server.url),
	});
	expect(json).toHaveLength(40);
	expect(most).toBe(4);
	await server.close();
});

it('the pages of a list after the first are read together', async () => {
	const page = (number: number, response: Parameters<Answer>[1]) => {
		const list = numbers(100).map((index) => ({ trade_id: `P${number * 100 + index}` }));
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ code: 0, data: { list, total: 600 } }));
	};
	const waiting: Array<() => void> = [];
	const server = await startServer((request, response) => {
		const { page: number } = JSON.parse(request.body) as { page: number };
		if (number === 1) return page(1, response);
		waiting.push(() => page(number, response));
		if (waiting.length === 5) for (const answer of waiting) answer();
	});
	const { json } = await engine.runNode({
		parameters: { resource: 'order', operation: 'getAll', returnAll: true },
		credentials: account(server.url),
	});
	expect(json.map(({ tradeId }) => tradeId)).toEqual(
		numbers(600).map((index) => `P${100 + index}`),
	);
	await server.close();
});
