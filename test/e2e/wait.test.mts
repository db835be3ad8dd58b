import type { Execution, Workflow, WorkflowFile } from '../n8n/client.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import type { OrderView } from '../sandbox/control/views.mts';
import { openTestShop } from './testShop.mts';
import {
	create,
	ENDS,
	newOrder,
	ponponPay,
	split,
	wait,
	waitingWorkflow,
} from './waitingWorkflow.mts';

let shop: Shop;
beforeAll(async () => {
	shop = await openTestShop();
});
afterAll(async () => await shop?.close());

const publish = async (file: WorkflowFile): Promise<Workflow> => {
	const workflow = await shop.n8n.client.createWorkflow(shop.furnish(file));
	await shop.n8n.client.publish(workflow.id);
	return workflow;
};

const post = async (url: string, body = '{}', headers = {}) =>
	await fetch(url, {
		method: 'POST',
		body,
		headers: { 'Content-Type': 'application/json', ...headers },
	});

/** Starts an execution and returns its number once it waits. */
const startWaiting = async (workflow: Workflow, path: string): Promise<string> => {
	const { client } = shop.n8n;
	const known = new Set((await client.listExecutions(workflow.id)).map(({ id }) => id));
	expect((await post(`${shop.n8n.url}/webhook/${path}`)).status).toBe(200);
	return await until('the execution to wait', async () => {
		const started = (await client.listExecutions(workflow.id)).find(({ id }) => !known.has(id));
		if (started?.status === 'error') {
			throw new Error((await client.getExecution(started.id)).error?.message);
		}
		return started?.status === 'waiting' ? started.id : undefined;
	});
};

const finished = async (executionId: string, seconds = 60): Promise<Execution> =>
	await until(
		`the end of execution ${executionId}`,
		async () => {
			const execution = await shop.n8n.client.getExecution(executionId);
			return ['waiting', 'running', 'new'].includes(execution.status) ? undefined : execution;
		},
		{ seconds },
	);

const isStillWaiting = async (executionId: string) =>
	(await shop.n8n.client.getExecution(executionId)).status === 'waiting';

/** The orders an execution has made, in their order. */
const ordersOf = (executionId: string): OrderView[] =>
	shop.sandbox.orders
		.all()
		.filter(({ merchantOrderId }) => merchantOrderId.startsWith(`n8n-${executionId}-`));

/** The trade ids that left by each output. */
const left = (execution: Execution) =>
	Object.fromEntries(
		ENDS.map((end) => [end, execution.items(end).map(({ json }) => String(json.tradeId))]),
	);

const settled = async () => await shop.sandbox.deliveries.settled();
const answersTo = (tradeId: string) =>
	shop.sandbox.deliveries
		.all(tradeId)
		.map(({ event, attempts }) => [event, ...attempts.map(({ status }) => status)]);

describe('One order: create, send the link, wait', () => {
	let workflow: Workflow;
	beforeAll(async () => {
		const chain = [create(), wait()];
		workflow = await publish(waitingWorkflow({ name: 'Wait', chain, path: 'wait-one' }));
	});

	it('goes on once, by Paid, when it is paid, also after n8n was killed and started again', async () => {
		const id = await startWaiting(workflow, 'wait-one');
		const [order] = ordersOf(id);
		await shop.n8n.kill();
		await shop.n8n.restart();
		shop.sandbox.orders.pay(order.tradeId);
		const execution = await finished(id);
		expect(left(execution)).toEqual({ Open: [], Over: [], Paid: [order.tradeId] });
		const [{ json, pairedItem }] = execution.items('Paid');
		expect(json).toMatchObject({ status: 'paid', isPaid: true, amount: '12' });
		expect(pairedItem).toEqual({ item: 0 });
		await settled();
		expect(answersTo(order.tradeId)).toEqual([['order.paid', 200]]);
		// PonponPay tells it again: the execution is over.
		const [delivery] = shop.sandbox.deliveries.all(order.tradeId);
		await shop.sandbox.deliveries.redeliver(delivery.id);
		await settled();
		expect((await shop.n8n.client.listExecutions(workflow.id)).length).toBe(1);
	});

	it('goes on by Over when it is cancelled', async () => {
		const id = await startWaiting(workflow, 'wait-one');
		const [order] = ordersOf(id);
		shop.sandbox.orders.cancel(order.tradeId);
		expect(left(await finished(id))).toEqual({ Open: [], Over: [order.tradeId], Paid: [] });
	});

	it('goes on by Paid when it is credited by hand', async () => {
		const id = await startWaiting(workflow, 'wait-one');
		const [{ tradeId }] = ordersOf(id);
		shop.sandbox.orders.creditByHand(tradeId);
		expect(left(await finished(id))).toEqual({ Open: [], Over: [], Paid: [tradeId] });
	});

	it('goes on waiting after what is forged, foreign, replayed or not yet final', async () => {
		const id = await startWaiting(workflow, 'wait-one');
		const [order] = ordersOf(id);
		const url = String(order.notifyUrl);
		const other = await startWaiting(workflow, 'wait-one');
		const [foreign] = ordersOf(other);

		const forged = await post(url, JSON.stringify({ trade_id: order.tradeId, status: 2 }));
		expect(forged.status).toBe(401);
		const withoutToken = await post(url.split('?')[0]);
		expect(withoutToken.status).toBe(401);

		shop.sandbox.orders.confirming(order.tradeId);
		await settled();
		expect(answersTo(order.tradeId)).toEqual([['order.confirming', 200]]);
		const [{ body, attempts }] = shop.sandbox.deliveries.all(order.tradeId);
		const replayed = await post(url, body, attempts[0].headers);
		expect(replayed.status).toBe(409);

		// A true callback about somebody else's order, sent to this execution.
		shop.sandbox.orders.pay(foreign.tradeId);
		await finished(other);
		await settled();
		const [paid] = shop.sandbox.deliveries.all(foreign.tradeId);
		const misled = await post(url, paid.body, paid.attempts[0].headers);
		expect([404, 409]).toContain(misled.status);
		expect(await isStillWaiting(id)).toBe(true);

		shop.sandbox.orders.pay(order.tradeId);
		expect(left(await finished(id)).Paid).toEqual([order.tradeId]);
		const late = await post(url, paid.body, paid.attempts[0].headers);
		expect(late.status).toBe(409);
	});

	it('works when a person executes the workflow in the editor', async () => {
		const { client } = shop.n8n;
		const id = String(await client.runWorkflow(workflow.id, 'By hand'));
		await until('the execution to wait', async () =>
			(await isStillWaiting(id)) ? true : undefined,
		);
		shop.sandbox.orders.pay(ordersOf(id)[0].tradeId);
		expect(left(await finished(id)).Paid).toHaveLength(1);
	});
});

describe('Many at once', () => {
	it('ten waiting executions are each woken by their own payment', async () => {
		const chain = [ponponPay('Both', { operation: 'createAndWait', ...newOrder })];
		const path = 'wait-ten';
		const workflow = await publish(waitingWorkflow({ name: 'Ten', chain, path }));
		const ids: string[] = [];
		for (let count = 0; count < 10; count += 1) ids.push(await startWaiting(workflow, path));
		const orders = ids.map((id) => ordersOf(id)[0]);
		for (const { tradeId } of [...orders].reverse()) shop.sandbox.orders.pay(tradeId);
		const executions = await Promise.all(ids.map(async (id) => await finished(id)));
		expect(executions.map((execution) => left(execution).Paid)).toEqual(
			orders.map(({ tradeId }) => [tradeId]),
		);
		expect(await shop.n8n.client.listExecutions(workflow.id)).toHaveLength(10);
	});

	it('three orders of one node, paid in the same moment, go on together and paired', async () => {
		const chain = [split(3), create(), wait()];
		const path = 'wait-three';
		const workflow = await publish(waitingWorkflow({ name: 'Three', chain, path }));
		const id = await startWaiting(workflow, path);
		const orders = ordersOf(id);
		expect(orders).toHaveLength(3);
		for (const { tradeId } of orders) shop.sandbox.orders.pay(tradeId);
		await settled();
		// Callbacks that n8n could not take in that moment come again.
		await shop.sandbox.deliveries.retryNow();
		const execution = await finished(id);
		const paid = execution.items('Paid');
		expect(paid.map(({ json }) => json.amount)).toEqual(['11', '12', '13']);
		expect(paid.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('one of three still open keeps the others; each leaves by its own output in the end', async () => {
		const chain = [split(3), create(), wait()];
		const path = 'wait-mixed';
		const workflow = await publish(waitingWorkflow({ name: 'Mixed', chain, path }));
		const id = await startWaiting(workflow, path);
		const [first, second, third] = ordersOf(id).map(({ tradeId }) => tradeId);
		shop.sandbox.orders.pay(first);
		shop.sandbox.orders.cancel(third);
		await settled();
		expect(answersTo(first)).toEqual([['order.paid', 200]]);
		expect(await isStillWaiting(id)).toBe(true);
		shop.sandbox.orders.markPaid(second);
		expect(left(await finished(id))).toEqual({ Open: [], Over: [third], Paid: [first, second] });
	});

	it('two waiting nodes one after the other each get their own callbacks', async () => {
		const chain = [create('Create'), wait('Wait'), create('Create again'), wait('Wait again')];
		const path = 'wait-series';
		const workflow = await publish(waitingWorkflow({ name: 'Series', chain, path }));
		const id = await startWaiting(workflow, path);
		shop.sandbox.orders.pay(ordersOf(id)[0].tradeId);
		const second = await until('the second order', () => ordersOf(id)[1]);
		await until('the second wait', async () => ((await isStillWaiting(id)) ? true : undefined));
		shop.sandbox.orders.pay(second.tradeId);
		expect(left(await finished(id)).Paid).toEqual([second.tradeId]);
	});
});

describe('When the time is up', () => {
	it('an expired order leaves by Over, woken by the callback of its expiry', async () => {
		const chain = [create(), wait()];
		const path = 'wait-expiry';
		const workflow = await publish(waitingWorkflow({ name: 'Expiry', chain, path }));
		const id = await startWaiting(workflow, path);
		const [{ tradeId }] = ordersOf(id);
		shop.sandbox.orders.expire(tradeId);
		expect(left(await finished(id))).toEqual({ Open: [], Over: [tradeId], Paid: [] });
	});

	it('open orders are cancelled or left open as chosen, paid ones nobody told of are found, and polling sees by itself', async () => {
		const minute = { waitAtMost: 1 };
		const kinds = {
			cancelled: [create('Create', { notifyExecution: false }), wait('Wait', { options: minute })],
			open: [
				create('Create', { notifyExecution: false }),
				wait('Wait', { options: { ...minute, cancelOpen: false } }),
			],
			untold: [create('Create', { notifyExecution: false }), wait('Wait', { options: minute })],
			polled: [
				create('Create', { notifyExecution: false }),
				wait('Wait', { learnBy: 'polling', options: { pollEvery: 1 } }),
			],
		};
		const started: Record<string, string> = {};
		for (const [name, chain] of Object.entries(kinds)) {
			const path = `wait-up-${name}`;
			started[name] = await startWaiting(
				await publish(waitingWorkflow({ name, chain, path })),
				path,
			);
		}
		const tradeId = (name: string) => ordersOf(started[name])[0].tradeId;
		shop.sandbox.orders.pay(tradeId('untold'));
		shop.sandbox.orders.pay(tradeId('polled'));
		const end = async (name: string) => left(await finished(started[name], 200));
		expect(await end('cancelled')).toEqual({ Open: [], Over: [tradeId('cancelled')], Paid: [] });
		expect(shop.sandbox.orders.get(tradeId('cancelled')).status).toBe('cancelled');
		expect(await end('open')).toEqual({ Open: [tradeId('open')], Over: [], Paid: [] });
		expect(shop.sandbox.orders.get(tradeId('open')).status).toBe('pending');
		expect(await end('untold')).toEqual({ Open: [], Over: [], Paid: [tradeId('untold')] });
		expect(await end('polled')).toEqual({ Open: [], Over: [], Paid: [tradeId('polled')] });
	}, 400_000);
});
