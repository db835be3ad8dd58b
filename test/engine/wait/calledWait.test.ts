import { account, engine } from '../action/support.mts';
import type { ExecutionIdentity } from '../harness/run.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { createAndWait, left, waitingWorkflow } from './support.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const caller = { executionId: '1', workflowId: 'caller' };
const WAITS = { parentExecution: { ...caller, shouldResume: true } };

/** Creates an order and waits for it, in a workflow whose node has something behind the outputs named. */
const begin = async (ways: readonly string[], identity: ExecutionIdentity = {}) =>
	await engine.runWorkflow(waitingWorkflow(createAndWait, {}, ways), {
		credentials: account(sandbox.url, sandbox.apiKey),
		...identity,
	});

const BOTH = ['Not Paid', 'Paid'];

describe('A workflow that another one has called and that waits for it', () => {
	it.each([
		[[], '"Not Paid" and "Paid"'],
		[['Paid'], '"Not Paid"'],
		[['Not Paid'], '"Paid"'],
	])('makes no order where its waiting node is followed only by %j', async (ways, missing) => {
		const { error } = await begin(ways, WAITS);
		expect(error?.message).toBe(
			`Another workflow has called this one, and nothing is connected to ${missing}`,
		);
		expect(error?.description).toContain('Connect both outputs');
		expect(sandbox.orders.all()).toEqual([]);
	});

	it('waits where something stands behind both outputs', async () => {
		const begun = await begin(BOTH, WAITS);
		expect(begun.status).toBe('waiting');
		const [{ tradeId }] = sandbox.orders.all();
		sandbox.orders.pay(tradeId);
		expect(left(await engine.resumeExecution(begun))).toEqual({ Paid: [tradeId] });
	});
});

describe('A workflow whose caller would go on before it has waited', () => {
	it.each<[string, ExecutionIdentity]>([
		['in an n8n that does not hand on what came of it', { ...WAITS, token: '' }],
		['as it does not say that it waits', { parentExecution: caller }],
	])('makes no order: %s', async (_, identity) => {
		const { error } = await begin(BOTH, identity);
		expect(error?.message).toContain('would go on before the order is paid');
		expect(error?.description).toContain('Wait For Sub-Workflow Completion');
		expect(sandbox.orders.all()).toEqual([]);
	});
});

it.each<[string, ExecutionIdentity]>([
	['nobody has called', {}],
	['was called by one that does not wait', { parentExecution: { ...caller, shouldResume: false } }],
])('A workflow that %s may end in a waiting node', async (_, identity) => {
	expect(await begin([], identity)).toMatchObject({ status: 'waiting' });
});
