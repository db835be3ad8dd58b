import type { INode } from 'n8n-workflow';
import { account, createOrder, engine, locator } from '../action/support.mts';
import type { NodeRun, WorkflowJson } from '../harness/run.mts';
import type { Fault } from '../../sandbox/http/faults.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const credentials = () => account(sandbox.url, sandbox.apiKey);
const idsAtSandbox = () => sandbox.orders.all().map(({ merchantOrderId }) => merchantOrderId);

const ten = Array.from({ length: 10 }, (_, index) => ({ amount: `${index + 1}.5` }));
const tenOrders = createOrder({ amount: '={{ $json.amount }}', options: { concurrency: 1 } });
const refused: Fault = {
	kind: 'raw',
	body: '{"code":10099,"message":"wallet is being serviced"}',
	when: 'before',
};

describe('The button "Retry execution"', () => {
	const failAtSixth = async (more: Partial<NodeRun> = {}) => {
		sandbox.faults.script('/order/add', [null, null, null, null, null, refused]);
		const failed = await engine.runNode({
			parameters: tenOrders,
			items: ten,
			credentials: credentials(),
			...more,
		});
		expect(failed.error?.message).toContain('wallet is being serviced');
		expect(sandbox.orders.all()).toHaveLength(5);
		return failed;
	};
	const outputOf = (runData: Awaited<ReturnType<typeof failAtSixth>>['runData']) =>
		runData.PonponPay.at(-1)?.data?.main[0]?.map(({ json }) => json.merchantOrderId);

	it('finds the orders that the failed execution made, and makes those that are missing', async () => {
		const failed = await failAtSixth();
		const retried = await engine.retryExecution(failed);
		expect(retried.executionId).not.toBe(failed.executionId);
		expect(retried.error).toBeUndefined();
		expect(sandbox.orders.all()).toHaveLength(10);
		expect(outputOf(retried.runData)).toEqual(idsAtSandbox());
	});

	it('does so too when it is pressed at an execution that was a retry itself', async () => {
		const failed = await failAtSixth();
		sandbox.faults.script('/order/add', [null, null, null, null, null, null, refused]);
		const again = await engine.retryExecution(failed);
		expect(again.error?.message).toContain('wallet is being serviced');
		const { error } = await engine.retryExecution(again);
		expect(error).toBeUndefined();
		expect(sandbox.orders.all()).toHaveLength(10);
	});

	it('does so too after n8n was killed and has saved nothing but the beginning', async () => {
		await failAtSixth({ executionId: '7001' });
		const { json } = await engine.runNode({
			parameters: tenOrders,
			items: ten,
			credentials: credentials(),
			executionId: '7002',
			mode: 'retry',
			retryOf: '7001',
			token: 'token-of-7001',
		});
		expect(json).toHaveLength(10);
		expect(sandbox.orders.all()).toHaveLength(10);
	});

	it('does so too after the retry was killed as well', async () => {
		await failAtSixth({ executionId: '7001' });
		const retry = async (executionId: string, retryOf: string) =>
			await engine.runNode({
				parameters: tenOrders,
				items: ten,
				credentials: credentials(),
				executionId,
				mode: 'retry',
				retryOf,
				token: 'token-of-7001',
			});
		sandbox.faults.script('/order/add', [null, null, null, null, null, null, refused]);
		expect((await retry('7002', '7001')).error?.message).toContain('wallet is being serviced');
		const { json } = await retry('7003', '7002');
		expect(json).toHaveLength(10);
		expect(sandbox.orders.all()).toHaveLength(10);
	});

	describe('in n8n 1, which does not say which execution it tries again', () => {
		const workflow: WorkflowJson = {
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.noOp',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: 'pay',
					name: 'Pay',
					type: 'n8n-nodes-ponponpay.ponponPay',
					typeVersion: 1,
					position: [200, 0],
					parameters: createOrder(),
					credentials: { ponponPayApi: { id: '1', name: 'PonponPay account' } },
				},
			],
			connections: { Start: { main: [[{ node: 'Pay', type: 'main', index: 0 }]] } },
		};

		it('creates nothing after n8n was killed, and says what to do', async () => {
			const { error } = await engine.runWorkflow(workflow, {
				credentials: credentials(),
				mode: 'retry',
				token: '',
			});
			expect(error?.message).toContain('does not say which one that was');
			expect(error).toMatchObject({
				description: expect.stringContaining('start the workflow anew') as string,
			});
			expect(sandbox.orders.all()).toEqual([]);
		});

		it('goes on after a node before had failed: this one runs for the first time', async () => {
			const { error } = await engine.runNode({
				parameters: createOrder(),
				credentials: credentials(),
				mode: 'retry',
				token: '',
			});
			expect(error).toBeUndefined();
			expect(sandbox.orders.all()).toHaveLength(1);
		});

		it('goes on with an ID of the merchant', async () => {
			const [start, pay] = workflow.nodes;
			const own = createOrder({ options: { merchantOrderId: 'shop-7' } });
			const nodes = [start, { ...pay, parameters: own }];
			const { error } = await engine.runWorkflow(
				{ ...workflow, nodes },
				{ credentials: credentials(), mode: 'retry', token: '' },
			);
			expect(error).toBeUndefined();
			expect(idsAtSandbox()).toEqual(['shop-7']);
		});
	});

	it('makes no second refund', async () => {
		await engine.runNode({
			parameters: createOrder({ options: { merchantOrderId: 'shop-1' } }),
			credentials: credentials(),
		});
		sandbox.orders.pay('shop-1');
		const failed = await engine.runNode({
			parameters: {
				resource: 'refund',
				operation: 'create',
				order: locator('merchantOrderId', 'shop-1'),
				amount: '={{ $json.amount }}',
				options: { concurrency: 1 },
			},
			items: [{ amount: '1' }, { amount: '1000' }],
			credentials: credentials(),
		});
		expect(failed.error?.message).toContain('must not be more than what is left');
		expect(sandbox.refunds.all()).toHaveLength(1);
		await engine.retryExecution(failed);
		expect(sandbox.refunds.all()).toHaveLength(1);
	});

	it('is not mixed up with another execution that has the same number, as after a restored backup', async () => {
		await failAtSixth({ executionId: '7003' });
		await engine.runNode({
			parameters: tenOrders,
			items: ten,
			credentials: credentials(),
			executionId: '7003',
			token: 'drawn anew',
		});
		expect(sandbox.orders.all()).toHaveLength(15);
	});

	it('is told from executing the workflow anew, which makes new orders', async () => {
		await failAtSixth();
		await engine.runNode({ parameters: tenOrders, items: ten, credentials: credentials() });
		expect(sandbox.orders.all()).toHaveLength(15);
	});
});

describe('In one workflow', () => {
	const node = (name: string, id: string, more: Partial<INode>): INode => ({
		id,
		name,
		typeVersion: 1,
		position: [0, 0],
		type: 'n8n-nodes-ponponpay.ponponPay',
		parameters: createOrder(),
		credentials: { ponponPayApi: { id: '1', name: 'PonponPay account' } },
		...more,
	});
	const start = node('Start', 'start', {
		type: 'n8n-nodes-base.manualTrigger',
		parameters: {},
		credentials: undefined,
	});
	const between = (name: string) =>
		node(name, name, { type: 'n8n-nodes-base.noOp', parameters: {}, credentials: undefined });
	const to = (...names: string[]) => ({
		main: [names.map((name) => ({ node: name, type: 'main' as const, index: 0 }))],
	});
	const run = async (workflow: WorkflowJson, id = 'w1') =>
		await engine.runWorkflow({ ...workflow, id }, { credentials: credentials(), executionId: '1' });

	it('a node that is run several times makes other orders each time', async () => {
		const { runData, error } = await run({
			nodes: [start, between('A'), between('B'), between('C'), node('Pay', 'p1', {})],
			connections: { Start: to('A', 'B', 'C'), A: to('Pay'), B: to('Pay'), C: to('Pay') },
		});
		expect(error).toBeUndefined();
		expect(runData.Pay).toHaveLength(3);
		expect(new Set(idsAtSandbox()).size).toBe(3);
	});

	it('a node and its duplicate make an order each, and so does a copy of the workflow', async () => {
		const workflow: WorkflowJson = {
			nodes: [start, node('Pay', 'p1', {}), node('Pay1', 'p2', {})],
			connections: { Start: to('Pay', 'Pay1') },
		};
		await run(workflow);
		await run(workflow, 'w2');
		expect(new Set(idsAtSandbox()).size).toBe(4);
	});

	it('the IDs stand together in a dashboard, by the execution and the number of the item', async () => {
		await engine.runNode({
			parameters: tenOrders,
			items: ten,
			credentials: credentials(),
			executionId: '48213',
			token: '',
		});
		expect(idsAtSandbox()).toEqual(
			ten.map(
				(_, index) => expect.stringMatching(`^n8n-48213-${index + 1}-[0-9a-z]{14}$`) as string,
			),
		);
	});
});
