import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { forward, startServer, type Answer, type LoopbackServer } from '../harness/server.mts';
import type { CredentialData } from '../harness/credentials.mts';
import type { NodeRun } from '../harness/run.mts';
import { account, cancelOrder, createOrder, engine, getOrder, locator, typed } from './support.mts';

let sandbox: Sandbox;
/** Stands between node and sandbox, where a test wants to. */
let between: LoopbackServer | undefined;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => {
	await between?.close();
	between = undefined;
	await sandbox.close();
});

const run = async (parameters: INodeParameters, more: Partial<NodeRun> = {}) =>
	await engine.runNode({
		parameters,
		credentials: account(between?.url ?? sandbox.url, sandbox.apiKey),
		...more,
	});

/** Lets `answer` decide, and passes on what it does not answer (returns false for). */
const intercept = async (
	answer: (...args: Parameters<Answer>) => Promise<boolean> | boolean,
): Promise<void> => {
	between = await startServer(async (request, response) => {
		if (await answer(request, response)) return;
		await forward(sandbox.url, request, response);
	});
};

const perItem = createOrder({
	amount: '={{ $json.amount }}',
	currency: locator('id', '={{ $json.currency }}'),
	network: locator('id', '={{ $json.network }}'),
});

const shopping = [
	{ amount: '1.5', currency: 'USDT', network: 'tron' },
	{ amount: '20', currency: 'USDC', network: 'polygon' },
	{ amount: '300.25', currency: 'USDT', network: 'bsc' },
];

const amountsAtSandbox = () => sandbox.orders.all().map(({ amount }) => amount);

describe('Several items', () => {
	it('become one order each, with their own fields, in order and paired', async () => {
		const { json, pairedWith, error } = await run(perItem, { items: shopping });
		expect(error).toBeUndefined();
		expect(json).toMatchObject(shopping);
		expect(pairedWith).toEqual([0, 1, 2]);
		expect(new Set(json.map(({ merchantOrderId }) => merchantOrderId)).size).toBe(3);
		expect(sandbox.orders.all()).toHaveLength(3);
	});

	it('can each be looked up by what the node before put out', async () => {
		const created = await run(perItem, { items: shopping });
		const found = await run(getOrder(locator('tradeId', '={{ $json.tradeId }}')), {
			items: created.json,
		});
		expect(found.json.map(({ tradeId }) => tradeId)).toEqual(
			created.json.map(({ tradeId }) => tradeId),
		);
	});

	it('each get the list of payment methods that they ask for', async () => {
		const { json, pairedWith } = await run(
			{ resource: 'paymentMethod', operation: 'getAll' },
			{ items: [{}, {}] },
		);
		expect(json).toHaveLength(10);
		expect(pairedWith).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
	});

	it('of none make no request and no item', async () => {
		const { json, error } = await run(perItem, { items: [] });
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
		expect(sandbox.requests.count()).toBe(0);
	});

	it.each(['cancel', 'get'])('keep apart which of them went wrong (%s)', async (operation) => {
		const created = await run(createOrder());
		const order = locator('tradeId', '={{ $json.id }}');
		const { outputs } = await run(operation === 'get' ? getOrder(order) : cancelOrder(order), {
			items: [{ id: 'P404' }, { id: created.json[0].tradeId }],
			onError: 'continueErrorOutput',
		});
		expect(outputs[0]).toMatchObject([{ json: { tradeId: created.json[0].tradeId } }]);
		expect(outputs[1]).toHaveLength(1);
		expect(String(outputs[1][0].json.error)).toContain('not found');
	});
});

describe('A bad item among good ones', () => {
	const items = [shopping[0], { ...shopping[1], currency: 'DOGE' }, shopping[2]];

	const oneByOne = { ...perItem, options: { concurrency: 1 } };

	it('stops the workflow before any further item and is named by its number', async () => {
		const { error, json } = await run(oneByOne, { items });
		expect(json).toEqual([]);
		expect(error?.message).toContain('DOGE');
		expect(error?.context?.itemIndex).toBe(1);
		expect(amountsAtSandbox()).toEqual(['1.5']);
	});

	it('stops the workflow when others are under way, and these are finished', async () => {
		const { error } = await run(perItem, { items });
		expect(error?.context?.itemIndex).toBe(1);
		expect(sandbox.requests.all('/order/add').map(({ status }) => status)).toEqual([200, 200, 200]);
	});

	it('becomes an item of the one output when the workflow continues', async () => {
		const { json, pairedWith, error } = await run(perItem, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(pairedWith).toEqual([0, 1, 2]);
		expect(json).toMatchObject([{ amount: '1.5' }, {}, { amount: '300.25' }]);
		expect(json[1].error).toContain('DOGE');
		expect(amountsAtSandbox()).toEqual(['1.5', '300.25']);
	});

	it('goes to the error output with its reason and its pairing', async () => {
		const { outputs, error } = await run(perItem, { items, onError: 'continueErrorOutput' });
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json }) => json.amount)).toEqual(['1.5', '300.25']);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(outputs[1]).toHaveLength(1);
		expect(outputs[1][0].json.error).toContain('DOGE');
		expect(outputs[1][0].pairedItem).toEqual({ item: 1 });
	});

	it('has no empty reason beside its message: n8n 1 would send it to the success output', async () => {
		const { json } = await run(createOrder({ amount: '10,50' }), {
			onError: 'continueRegularOutput',
		});
		expect(json).toEqual([{ error: expect.stringContaining('10,50') as string }]);
	});
});

describe('What fails before the first item', () => {
	const items = shopping;
	const impatient = { ...perItem, options: { timeout: 0 } };
	const failed = items.map((_, item) => ({
		json: { error: expect.stringContaining('Timeout (Seconds)') as string },
		pairedItem: { item },
	}));

	it('stops the workflow', async () => {
		const { error, json } = await run(impatient, { items });
		expect(error?.message).toContain('Timeout (Seconds)');
		expect(json).toEqual([]);
	});

	it('goes to the error output, and nothing looks as if it had been done', async () => {
		const { outputs } = await run(impatient, { items, onError: 'continueErrorOutput' });
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]).toMatchObject(failed);
	});

	it('is told by every item when the workflow continues', async () => {
		const { outputs } = await run(impatient, { items, onError: 'continueRegularOutput' });
		expect(outputs[0]).toMatchObject(failed);
		expect(sandbox.requests.count()).toBe(0);
	});
});

describe('What fails before the first item, whatever it is', () => {
	const causes: Array<[what: string, parameters: INodeParameters, isReadOnly: boolean]> = [
		['an operation of another version', { resource: 'order', operation: 'refundAll' }, false],
		['a resource of another version', { resource: 'payout', operation: 'create' }, false],
		[
			'a wait that would have to cancel with a credential for reading only',
			{ resource: 'order', operation: 'wait', order: locator('tradeId', 'P1') },
			true,
		],
		[
			'a wait whose settings cannot be used',
			{
				resource: 'order',
				operation: 'wait',
				order: locator('tradeId', 'P1'),
				options: { waitAtMost: 'long' },
			},
			false,
		],
	];

	it.each(causes)('%s: no item leaves untouched', async (_what, parameters, isReadOnly) => {
		const credentials: CredentialData = {
			ponponPayApi: { ...typed(sandbox.url, sandbox.apiKey), readOnly: isReadOnly },
		};
		const attempt = async (onError: NodeRun['onError']) =>
			await run(parameters, { items: shopping, credentials, onError });
		const isFailure = ({ json }: INodeExecutionData) => typeof json.error === 'string';

		const stopped = await attempt('stopWorkflow');
		expect(stopped.error).toBeDefined();
		expect(stopped.outputs.flat()).toEqual([]);

		const continued = await attempt('continueRegularOutput');
		expect(continued.outputs.flat()).toHaveLength(3);
		expect(continued.outputs.flat().every(isFailure)).toBe(true);

		const sorted = await attempt('continueErrorOutput');
		const error = sorted.outputs.pop();
		expect(error).toHaveLength(3);
		expect(error?.every(isFailure)).toBe(true);
		expect(sorted.outputs.flat()).toEqual([]);
		expect(sandbox.requests.count()).toBe(0);
	});
});

describe('The ID of an order that the user gave none', () => {
	const idOf = async (more: Partial<NodeRun>) =>
		String((await run(createOrder(), { executionId: '900', ...more })).json[0].merchantOrderId);

	it('is another one for every item, run, node, execution and workflow', async () => {
		const ids = [
			await idOf({}),
			await idOf({ runIndex: 1 }),
			await idOf({ nodeId: 'another-node' }),
			await idOf({ executionId: '901' }),
			await idOf({ workflowId: 'anotherWorkflow' }),
		];
		const two = await run(createOrder(), { executionId: '902', items: [{}, {}] });
		ids.push(...two.json.map(({ merchantOrderId }) => String(merchantOrderId)));
		expect(new Set(ids).size).toBe(7);
		expect(ids.filter((id) => id.length > 32)).toEqual([]);
		expect(sandbox.orders.all()).toHaveLength(7);
	});

	it('is the same one again for the same item of the same run', async () => {
		expect(await idOf({})).toBe(await idOf({}));
		expect(sandbox.orders.all()).toHaveLength(1);
	});
});

describe('Nothing is created twice', () => {
	const ten = Array.from({ length: 10 }, (_, index) => ({ amount: `${index + 1}.5` }));
	const tenOrders = createOrder({ amount: '={{ $json.amount }}', options: { mostTries: 2 } });

	it('when "Retry On Fail" runs all ten items again because of one', async () => {
		let refusals = 0;
		await intercept((request, response) => {
			if (!request.path.endsWith('/order/add') || !request.body.includes('"amount":6.5'))
				return false;
			refusals += 1;
			if (refusals > 2) return false;
			response.end('{"code":10099,"message":"temporarily refused"}');
			return true;
		});
		const { json, error, pairedWith } = await run(tenOrders, {
			items: ten,
			retryOnFail: true,
			maxTries: 3,
		});
		expect(error).toBeUndefined();
		expect(refusals).toBe(3);
		expect(json).toMatchObject(ten);
		expect(pairedWith).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(sandbox.orders.all()).toHaveLength(10);
		expect(json.map(({ tradeId }) => tradeId).sort()).toEqual(
			sandbox.orders
				.all()
				.map(({ tradeId }) => tradeId)
				.sort(),
		);
	});

	it.each([
		[
			'the connection breaks',
			(response: Parameters<Answer>[1]) => {
				response.destroy();
			},
		],
		[
			'PonponPay answers 503',
			(response: Parameters<Answer>[1]) => {
				response.writeHead(503).end('busy');
			},
		],
		[
			'the answer is cut off',
			(response: Parameters<Answer>[1]) => {
				response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":0,"da');
			},
		],
	])('when %s after the order was made', async (_what, goWrong) => {
		await intercept(async (request, response) => {
			if (!request.path.endsWith('/order/add')) return false;
			await fetch(sandbox.url + request.path, {
				method: 'POST',
				body: request.body,
				headers: { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' },
			});
			goWrong(response);
			return true;
		});
		const { json, error } = await run(tenOrders, { items: ten });
		expect(error).toBeUndefined();
		expect(json).toMatchObject(ten);
		expect(sandbox.orders.all()).toHaveLength(10);
	});

	it('when PonponPay answers 503 before the order was made: then it is sent again', async () => {
		let isFirst = true;
		await intercept((request, response) => {
			if (!request.path.endsWith('/order/add') || !isFirst) return false;
			isFirst = false;
			response.writeHead(503).end('busy');
			return true;
		});
		const { json, error } = await run(createOrder());
		expect(error).toBeUndefined();
		expect(sandbox.orders.all()).toMatchObject([{ tradeId: json[0].tradeId }]);
	});

	it('when it stays unclear: then the message names the ID to look for', async () => {
		await intercept((_request, response) => {
			response.writeHead(503).end('busy');
			return true;
		});
		const { error } = await run(
			createOrder({ options: { merchantOrderId: 'shop-77', mostTries: 1 } }),
		);
		expect(error?.message).toContain('shop-77');
		expect(error?.description).toContain('Get');
	});

	it('when the execution is cancelled: nothing more is sent', async () => {
		let stop = (): void => {};
		const cancelWhen = new Promise<void>((resolve) => (stop = resolve));
		await intercept((request) => {
			if (!request.body.includes('"amount":3.5')) return false;
			stop();
			return true;
		});
		const { status, error } = await run(
			{ ...tenOrders, options: { concurrency: 1 } },
			{ items: ten, cancelWhen },
		);
		expect(status).toBe('canceled');
		expect(error?.message).toContain('canceled');
		expect(between?.requests).toHaveLength(3);
		expect(amountsAtSandbox()).toEqual(['1.5', '2.5']);
	});
});
