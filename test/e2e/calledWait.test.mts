import type { Workflow } from '../n8n/client.mts';
import { DEFAULT_N8N } from '../n8n/install.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { openTestShop } from './testShop.mts';
import { post, WaitingRoom } from './waiting.mts';
import { newOrder } from './waitingWorkflow.mts';
import { chain, node, ponponPay, webhook } from './workflows.mts';

const IS_N8N_1 = DEFAULT_N8N.startsWith('1.');

let shop: Shop;
let room: WaitingRoom;
beforeAll(async () => {
	shop = await openTestShop();
	room = new WaitingRoom(shop);
});
afterAll(async () => await shop?.close());

type Pair = { caller: Workflow; called: Workflow };

/** A workflow that calls another one, in which "Pay" waits for an order. The outputs named lead to one node, the last. */
async function callWith(path: string, connected: string[], options = {}): Promise<Pair> {
	const { client } = shop.n8n;
	const start = node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
		inputSource: 'passthrough',
	});
	const pay = ponponPay('Pay', { resource: 'order', operation: 'createAndWait', ...newOrder });
	const file = chain(`${path}: called`, start, pay);
	file.nodes.push(node('Result', 'n8n-nodes-base.noOp', 1, {}));
	const toResult = [{ node: 'Result', type: 'main', index: 0 }];
	file.connections.Pay = {
		main: ['Not Paid', 'Paid'].map((output) => (connected.includes(output) ? toResult : [])),
	};
	const called = await client.createWorkflow(shop.furnish(file));
	// n8n 1 publishes nothing that only another workflow starts.
	if (!IS_N8N_1) await client.publish(called.id);
	const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
		workflowId: { __rl: true, mode: 'id', value: called.id },
		options,
	});
	const hook = webhook(path);
	hook.parameters.responseMode = 'onReceived';
	const caller = await room.publish(
		chain(`${path}: caller`, hook, call, node('After', 'n8n-nodes-base.noOp', 1, {})),
	);
	return { caller, called };
}

const start = async (path: string) => await post(`${shop.n8n.url}/webhook/${path}`);

/** The called execution once it waits. */
async function waiting({ called }: Pair): Promise<string> {
	return await until('the called workflow to wait', async () => {
		const executions = await shop.n8n.client.listExecutions(called.id);
		return executions.find(({ status }) => status === 'waiting')?.id;
	});
}

/** The caller's execution once it has ended. */
async function ended({ caller }: Pair) {
	const { client } = shop.n8n;
	const id = await until('the caller', async () => (await client.listExecutions(caller.id))[0]?.id);
	return await room.finished(id);
}

describe('A workflow that another one has called and that waits for a payment', () => {
	it('is not begun where the caller would go on with an order that is not paid', async () => {
		const pair = await callWith('call-unsafe', IS_N8N_1 ? ['Not Paid', 'Paid'] : ['Paid']);
		await start('call-unsafe');
		const { status, items } = await ended(pair);
		expect(status).toBe('error');
		expect(items('After')).toEqual([]);
		const [{ id }] = await shop.n8n.client.listExecutions(pair.called.id);
		expect((await shop.n8n.client.getExecution(id)).error?.message).toContain(
			IS_N8N_1 ? 'would go on before the order is paid' : 'nothing is connected to "Not Paid"',
		);
		expect(shop.sandbox.orders.all()).toEqual([]);
	});

	it('waits where the caller does not care, even as the last node', async () => {
		const options = { waitForSubWorkflow: false };
		const pair = await callWith('call-and-forget', [], options);
		await start('call-and-forget');
		const id = await waiting(pair);
		expect(await ended(pair)).toMatchObject({ status: 'success' });
		const [{ tradeId }] = await room.ordersOf(id);
		shop.sandbox.orders.pay(tradeId);
		const { items } = await room.finished(id);
		expect(items('Pay', 1).map(({ json }) => json.tradeId)).toEqual([tradeId]);
	});

	const inNewer = IS_N8N_1 ? it.skip : it;

	inNewer.each([
		['paid', true],
		['cancelled', false],
	])('hands the caller the order, which says whether it is paid: %s', async (status, isPaid) => {
		const path = `call-${status}`;
		const pair = await callWith(path, ['Not Paid', 'Paid']);
		await start(path);
		const [{ tradeId }] = await room.ordersOf(await waiting(pair));
		if (isPaid) shop.sandbox.orders.pay(tradeId);
		else shop.sandbox.orders.cancel(tradeId);
		const { items } = await ended(pair);
		expect(items('After').map(({ json }) => json)).toEqual([
			expect.objectContaining({ tradeId, status, isPaid }),
		]);
	});

	inNewer(
		'lets the caller wait on while it looks and finds the order still open',
		async () => {
			const pair = await callWith('call-long', ['Not Paid', 'Paid']);
			await start('call-long');
			const id = await waiting(pair);
			const [{ tradeId }] = await room.ordersOf(id);
			const looks = () => shop.sandbox.requests.count('/order/detail');
			const before = looks();
			await until('a look', () => (looks() > before ? true : undefined), { seconds: 130 });
			await room.untilWaiting(id);
			const [caller] = await shop.n8n.client.listExecutions(pair.caller.id);
			expect(caller.status).toBe('waiting');
			shop.sandbox.orders.pay(tradeId);
			expect((await ended(pair)).items('After')).toHaveLength(1);
		},
		240_000,
	);
});
