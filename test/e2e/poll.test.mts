import type { Item, Workflow, WorkflowFile } from '../n8n/client.mts';
import { fillDisk } from '../n8n/database.mts';
import { HAS_PUBLICATION_SERVICE } from '../n8n/install.mts';
import { loadExample, type Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { createOrder } from './orders.mts';
import { openTestShop } from './testShop.mts';

/** Until n8n has polled once more, by its own clock. */
async function nextPoll({ sandbox }: Shop): Promise<void> {
	const before = sandbox.requests.count('/order/list');
	await until('the next poll', () => sandbox.requests.count('/order/list') > before || undefined, {
		seconds: 90,
	});
}

/** The poll trigger alone, and something behind it. */
function pollOnly(shop: Shop, options: Record<string, unknown> = {}): WorkflowFile {
	const example = loadExample('paid-orders-each-once');
	const nodes = example.nodes
		.filter(({ name }) => name === 'PonponPay Poll Trigger' || name === 'Deliver')
		.map((node) => ({ ...node, parameters: { ...node.parameters, options } }));
	const connections = {
		'PonponPay Poll Trigger': { main: [[{ node: 'Deliver', type: 'main', index: 0 }]] },
	};
	return shop.furnish({ ...example, name: 'Poll', nodes, connections });
}

/** The orders for which "Deliver" ran, oldest first, once there have been so many executions. */
async function delivered({ n8n: { client } }: Shop, id: string, count: number): Promise<string[]> {
	const executions = await until(
		`${count} executions`,
		async () => {
			const all = await client.listExecutions(id);
			return all.length >= count ? all : undefined;
		},
		{ seconds: 90 },
	);
	const told: string[] = [];
	for (const summary of executions.reverse()) {
		const execution = await client.waitForExecution(summary.id);
		if (execution.items('Deliver').length === 0) continue;
		for (const { json } of execution.items('PonponPay Poll Trigger')) {
			told.push((json.order as { tradeId: string }).tradeId);
		}
	}
	return told;
}

async function paidOrder({ sandbox }: Shop): Promise<string> {
	const id = await createOrder(sandbox);
	sandbox.orders.pay(id);
	return id;
}

describe('both triggers in one workflow, in a real n8n', () => {
	let shop: Shop;
	let workflow: Workflow;

	beforeAll(async () => {
		shop = await openTestShop();
		const { client } = shop.n8n;
		workflow = await client.createWorkflow(shop.furnish(loadExample('paid-orders-each-once')));
		await client.publish(workflow.id);
	});

	afterAll(async () => await shop?.close());

	const pay = async (count: number): Promise<string[]> => {
		const ids: string[] = [];
		for (let index = 0; index < count; index += 1) {
			const id = await createOrder(shop.sandbox);
			shop.sandbox.orders.pay(id);
			await shop.sandbox.deliveries.settled();
			ids.push(id);
		}
		return ids;
	};

	const keyOf = (id: string) => {
		const { merchantOrderId } = shop.sandbox.orders.get(id);
		return `production:order:${merchantOrderId}:order.paid`;
	};

	/** What a node has put out in all executions so far, when none is running any more. */
	const outputOf = async (nodeName: string): Promise<Item[]> => {
		const { client } = shop.n8n;
		const summaries = await client.listExecutions(workflow.id);
		const executions = [];
		for (const { id } of summaries) executions.push(await client.waitForExecution(id));
		return executions.flatMap((execution) => execution.items(nodeName));
	};

	const keysFrom = async (nodeName: string) =>
		(await outputOf(nodeName)).map(({ json }) => String(json.dedupeKey));

	const keysWhenThere = async (nodeName: string, keys: string[]): Promise<string[]> =>
		await until(`${nodeName} to put out ${keys.length} keys`, async () => {
			const seen = await keysFrom(nodeName);
			return keys.every((key) => seen.includes(key)) ? seen : undefined;
		});

	const delivered: string[] = [];

	it('loses no payment that was polled while n8n could store nothing', async () => {
		const free = await fillDisk(shop.n8n);
		const id = await createOrder(shop.sandbox);
		// The other trigger is told while n8n can store nothing, too, and is not told again before the sandbox's clock moves.
		shop.sandbox.orders.pay(id);
		await shop.sandbox.deliveries.settled();
		await nextPoll(shop);
		await free();
		const key = keyOf(id);
		delivered.push(key);
		await keysWhenThere('Deliver', [key]);
		expect((await keysFrom('Deliver')).filter((each) => each === key)).toEqual([key]);
	});

	it('handle a payment that both have heard of once', async () => {
		const keys = (await pay(3)).map(keyOf);
		delivered.push(...keys);
		await keysWhenThere('Deliver', keys);
		expect((await keysFrom('PonponPay Trigger')).sort()).toEqual([...keys].sort());

		await nextPoll(shop);
		await keysWhenThere('PonponPay Poll Trigger', keys);
		expect((await keysFrom('Deliver')).sort()).toEqual([...delivered].sort());
	});

	it('handle many payments of the same moment once each', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 15; index += 1) ids.push(await createOrder(shop.sandbox));
		const keys = ids.map(keyOf);
		delivered.push(...keys);
		for (const id of ids) shop.sandbox.orders.pay(id);
		await shop.sandbox.deliveries.settled();
		await shop.sandbox.deliveries.retryNow();
		await keysWhenThere('PonponPay Trigger', keys);
		await nextPoll(shop);
		await keysWhenThere('PonponPay Poll Trigger', keys);
		expect((await keysFrom('Deliver')).sort()).toEqual([...delivered].sort());
	});

	it('handle what was paid while n8n was down: at once when it is back, and once', async () => {
		await shop.n8n.stop();
		const keys = (await pay(3)).map(keyOf);
		delivered.push(...keys);
		await shop.n8n.restart();
		await keysWhenThere('Deliver', keys);

		// Late, the callbacks come too.
		await shop.sandbox.deliveries.retryNow();
		await keysWhenThere('PonponPay Trigger', keys);
		expect((await keysFrom('Deliver')).sort()).toEqual([...delivered].sort());
	});

	it('lose and repeat nothing when n8n is killed', async () => {
		const before = (await pay(2)).map(keyOf);
		// n8n gives up executions that it was killed in; who cannot afford that lets the trigger answer when they have finished.
		await keysWhenThere('Deliver', before);
		await shop.n8n.kill();
		const meanwhile = (await pay(2)).map(keyOf);
		delivered.push(...before, ...meanwhile);
		await shop.n8n.restart();
		await keysWhenThere('PonponPay Poll Trigger', [...before, ...meanwhile]);
		await keysWhenThere('Deliver', delivered);
		expect((await keysFrom('Deliver')).sort()).toEqual([...delivered].sort());
	});

	it('repeat nothing when the workflow is published again', async () => {
		const { client } = shop.n8n;
		await client.unpublish(workflow.id);
		const keys = (await pay(1)).map(keyOf);
		delivered.push(...keys);
		await client.publish(workflow.id);
		await keysWhenThere('Deliver', keys);
		expect((await keysFrom('Deliver')).sort()).toEqual([...delivered].sort());
	});
});

describe('the poll trigger alone, in a real n8n', () => {
	let shop: Shop;

	beforeAll(async () => {
		shop = await openTestShop();
	});

	afterAll(async () => await shop?.close());

	it('tells each payment once without any help, over restarts too', async () => {
		const { client } = shop.n8n;
		const { id } = await client.createWorkflow(pollOnly(shop));
		await client.publish(id);
		const orders: string[] = [];
		for (let round = 1; round <= 2; round += 1) {
			orders.push(await paidOrder(shop));
			await shop.n8n.restart();
			expect(await delivered(shop, id, round)).toEqual(orders);
		}
		// Nothing was paid before this one; the execution that it starts knows that the last payment has been told.
		await shop.n8n.restart();
		expect(await delivered(shop, id, 3)).toEqual(orders);
		await client.unpublish(id);
	});

	it('tells a payment over which n8n was killed: with its memory saved, and no execution stored', async () => {
		const { client } = shop.n8n;
		const { id } = await client.createWorkflow(pollOnly(shop));
		await client.publish(id);
		const free = await fillDisk(shop.n8n);
		const order = await paidOrder(shop);
		await nextPoll(shop);
		await shop.n8n.kill();
		await free();
		await shop.n8n.restart();
		expect(await delivered(shop, id, 1)).toEqual([order]);
		await client.unpublish(id);
	}, 300_000);

	it('shows an order when it is executed in the editor', async () => {
		const { client } = shop.n8n;
		const { id } = await client.createWorkflow(pollOnly(shop));
		const executionId = await client.runWorkflow(id, 'PonponPay Poll Trigger');
		const execution = await client.waitForExecution(executionId ?? '');
		expect(execution.items('PonponPay Poll Trigger')).toMatchObject([
			{ json: { event: 'order.paid', order: { isPaid: true } } },
		]);
	});

	it('is not published where PonponPay does not list orders, and says so', async () => {
		const { client } = shop.n8n;
		shop.sandbox.faults.unpublish('/order/list');
		const { id } = await client.createWorkflow(pollOnly(shop));
		await expect(client.publish(id)).rejects.toThrow(
			'PonponPay does not offer /api/v1/pay/order/list on this account or host',
		);
		shop.sandbox.faults.clear();
	});
});

(HAS_PUBLICATION_SERVICE ? describe : describe.skip)(
	'the poll trigger, with n8n’s durable cursors',
	() => {
		let shop: Shop;
		let id: string;
		const orders: string[] = [];

		beforeAll(async () => {
			shop = await openTestShop({
				env: {
					N8N_SCHEDULER_ENABLED: 'true',
					N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
					N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
				},
			});
			const { client } = shop.n8n;
			({ id } = await client.createWorkflow(pollOnly(shop)));
			await client.publish(id);
			await nextPoll(shop);
		});

		afterAll(async () => await shop?.close());

		it('tells a payment once, and keeps what it has seen in a cursor', async () => {
			orders.push(await paidOrder(shop));
			expect(await delivered(shop, id, 1)).toEqual(orders);
			await nextPoll(shop);
			expect(await delivered(shop, id, 1)).toEqual(orders);
			const { staticData } = await shop.n8n.client.call<{ staticData: unknown }>(
				'GET',
				`/rest/workflows/${id}`,
			);
			expect(JSON.stringify(staticData ?? {})).not.toContain(orders[0]);
		}, 300_000);

		it('tells once what was paid while n8n could store nothing, and was killed then', async () => {
			const free = await fillDisk(shop.n8n);
			orders.push(await paidOrder(shop));
			await nextPoll(shop);
			await shop.n8n.kill();
			await free();
			await shop.n8n.restart();
			expect(await delivered(shop, id, 2)).toEqual(orders);
			await nextPoll(shop);
			expect(await delivered(shop, id, 2)).toEqual(orders);
		}, 420_000);
	},
);
