import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Workflow } from '../n8n/client.mts';
import { fillDisk } from '../n8n/database.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { openTestShop } from './testShop.mts';
import { left, post, WaitingRoom } from './waiting.mts';
import {
	create,
	forkedWorkflow,
	newOrder,
	ponponPay,
	split,
	wait,
	waitingWorkflow,
} from './waitingWorkflow.mts';

let shop: Shop;
let room: WaitingRoom;
beforeAll(async () => {
	shop = await openTestShop();
	room = new WaitingRoom(shop);
});
afterAll(async () => await shop?.close());

describe('One order: create, send the link, wait', () => {
	let workflow: Workflow;
	beforeAll(async () => {
		const chain = [create(), wait()];
		workflow = await room.publish(waitingWorkflow({ name: 'Wait', chain, path: 'wait-one' }));
	});

	it('goes on once, by Paid, when it is paid, also after n8n was killed and started again', async () => {
		const id = await room.startWaiting(workflow, 'wait-one');
		const [order] = await room.ordersOf(id);
		await shop.n8n.kill();
		await shop.n8n.restart();
		shop.sandbox.orders.pay(order.tradeId);
		const execution = await room.finished(id);
		expect(left(execution)).toEqual({ Paid: [order.tradeId] });
		const [{ json, pairedItem }] = execution.items('Paid');
		expect(json).toMatchObject({ status: 'paid', isPaid: true, amount: '12' });
		expect(pairedItem).toEqual({ item: 0 });
		await room.settled();
		expect(room.answersTo(order.tradeId)).toEqual([['order.paid', 200]]);
		// PonponPay tells it again: the execution is over.
		const [delivery] = shop.sandbox.deliveries.all(order.tradeId);
		await shop.sandbox.deliveries.redeliver(delivery.id);
		await room.settled();
		expect((await shop.n8n.client.listExecutions(workflow.id)).length).toBe(1);
	});

	it('goes on when the callback comes again, after n8n could not store that it was woken', async () => {
		const id = await room.startWaiting(workflow, 'wait-one');
		const [{ tradeId }] = await room.ordersOf(id);
		const free = await fillDisk(shop.n8n);
		shop.sandbox.orders.pay(tradeId);
		await room.settled();
		expect(room.answersTo(tradeId)).toEqual([['order.paid', 500]]);
		await free();
		expect(await room.isWaiting(id)).toBe(true);
		await shop.sandbox.deliveries.retryNow();
		expect(left(await room.finished(id)).Paid).toEqual([tradeId]);
	});

	it('goes on by Not Paid when it is cancelled', async () => {
		const id = await room.startWaiting(workflow, 'wait-one');
		const [order] = await room.ordersOf(id);
		shop.sandbox.orders.cancel(order.tradeId);
		expect(left(await room.finished(id))).toEqual({ cancelled: [order.tradeId] });
	});

	it('goes on by Paid when it is credited by hand', async () => {
		const id = await room.startWaiting(workflow, 'wait-one');
		const [{ tradeId }] = await room.ordersOf(id);
		shop.sandbox.orders.creditByHand(tradeId);
		expect(left(await room.finished(id))).toEqual({ Paid: [tradeId] });
	});

	it('goes on waiting after what is forged, foreign, told again or not yet final', async () => {
		const id = await room.startWaiting(workflow, 'wait-one');
		const [order] = await room.ordersOf(id);
		const url = String(order.notifyUrl);
		const other = await room.startWaiting(workflow, 'wait-one');
		const [foreign] = await room.ordersOf(other);

		const forged = await post(url, JSON.stringify({ trade_id: order.tradeId, status: 2 }));
		expect(forged.status).toBe(401);
		const withoutToken = await post(url.split('?')[0]);
		expect(withoutToken.status).toBe(401);

		shop.sandbox.orders.confirming(order.tradeId);
		await room.settled();
		expect(room.answersTo(order.tradeId)).toEqual([['order.confirming', 200]]);
		const [{ body, attempts }] = shop.sandbox.deliveries.all(order.tradeId);
		// The very same again, as when its answer was lost.
		const again = await post(url, body, attempts[0].headers);
		expect(again.status).toBe(200);

		// A true callback about somebody else's order, sent to this execution.
		shop.sandbox.orders.pay(foreign.tradeId);
		await room.finished(other);
		await room.settled();
		const [paid] = shop.sandbox.deliveries.all(foreign.tradeId);
		const misled = await post(url, paid.body, paid.attempts[0].headers);
		expect([404, 409]).toContain(misled.status);
		expect(await room.isWaiting(id)).toBe(true);

		shop.sandbox.orders.pay(order.tradeId);
		expect(left(await room.finished(id)).Paid).toEqual([order.tradeId]);
		const late = await post(url, paid.body, paid.attempts[0].headers);
		expect(late.status).toBe(409);
	});

	it('works when a person executes the workflow in the editor', async () => {
		const { client } = shop.n8n;
		const id = String(await client.runWorkflow(workflow.id, 'By hand'));
		await room.untilWaiting(id);
		shop.sandbox.orders.pay((await room.ordersOf(id))[0].tradeId);
		expect(left(await room.finished(id)).Paid).toHaveLength(1);
	});
});

describe('Many at once', () => {
	it('ten waiting executions are each woken by their own payment', async () => {
		const chain = [ponponPay('Both', { operation: 'createAndWait', ...newOrder })];
		const path = 'wait-ten';
		const workflow = await room.publish(waitingWorkflow({ name: 'Ten', chain, path }));
		const ids: string[] = [];
		for (let count = 0; count < 10; count += 1) ids.push(await room.startWaiting(workflow, path));
		const orders = await Promise.all(ids.map(async (id) => (await room.ordersOf(id))[0]));
		for (const { tradeId } of [...orders].reverse()) shop.sandbox.orders.pay(tradeId);
		const executions = await Promise.all(ids.map(async (id) => await room.finished(id)));
		expect(executions.map((execution) => left(execution).Paid)).toEqual(
			orders.map(({ tradeId }) => [tradeId]),
		);
		expect(await shop.n8n.client.listExecutions(workflow.id)).toHaveLength(10);
	});

	it('three orders of one node, paid in the same moment, go on together and paired', async () => {
		const chain = [split(3), create(), wait()];
		const path = 'wait-three';
		const workflow = await room.publish(waitingWorkflow({ name: 'Three', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const orders = await room.ordersOf(id);
		expect(orders).toHaveLength(3);
		for (const { tradeId } of orders) shop.sandbox.orders.pay(tradeId);
		await room.settled();
		// Callbacks that n8n could not take in that moment come again.
		await shop.sandbox.deliveries.retryNow();
		const execution = await room.finished(id);
		const paid = execution.items('Paid');
		expect(paid.map(({ json }) => json.amount)).toEqual(['11', '12', '13']);
		expect(paid.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('what comes behind them is done once, although each payment is told at the same moment', async () => {
		const shipped: string[] = [];
		const warehouse = createServer((request, response) => {
			shipped.push(String(request.url));
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await once(warehouse, 'listening');
		const path = 'wait-ship';
		const file = waitingWorkflow({ name: 'Ship', chain: [split(3), create(), wait()], path });
		const paid = file.nodes.find(({ name }) => name === 'Paid');
		const { port } = warehouse.address() as AddressInfo;
		Object.assign(paid!, {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: `=http://127.0.0.1:${port}/{{ $json.tradeId }}`, options: {} },
		});
		try {
			const id = await room.startWaiting(await room.publish(file), path);
			const tradeIds = (await room.ordersOf(id)).map(({ tradeId }) => tradeId);
			for (const tradeId of tradeIds) shop.sandbox.orders.pay(tradeId);
			await room.settled();
			await shop.sandbox.deliveries.retryNow();
			await room.settled();
			expect(left(await room.finished(id)).Paid).toHaveLength(3);
			expect([...shipped].sort()).toEqual(tradeIds.map((tradeId) => `/${tradeId}`).sort());
		} finally {
			warehouse.close();
		}
	});

	it('one of three still open keeps the others; each leaves by its own output in the end', async () => {
		const chain = [split(3), create(), wait()];
		const path = 'wait-mixed';
		const workflow = await room.publish(waitingWorkflow({ name: 'Mixed', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const [first, second, third] = (await room.ordersOf(id)).map(({ tradeId }) => tradeId);
		shop.sandbox.orders.pay(first);
		shop.sandbox.orders.cancel(third);
		await room.settled();
		expect(room.answersTo(first)).toEqual([['order.paid', 200]]);
		expect(await room.isWaiting(id)).toBe(true);
		shop.sandbox.orders.markPaid(second);
		expect(left(await room.finished(id))).toEqual({
			cancelled: [third],
			Paid: [first, second],
		});
	});

	it('two waiting nodes one after the other each get their own callbacks', async () => {
		const chain = [create('Create'), wait('Wait'), create('Create again'), wait('Wait again')];
		const path = 'wait-series';
		const workflow = await room.publish(waitingWorkflow({ name: 'Series', chain, path }));
		const id = await room.startWaiting(workflow, path);
		shop.sandbox.orders.pay((await room.ordersOf(id))[0].tradeId);
		const second = await until('the second order', async () => (await room.ordersOf(id))[1]);
		await room.untilWaiting(id);
		shop.sandbox.orders.pay(second.tradeId);
		expect(left(await room.finished(id)).Paid).toEqual([second.tradeId]);
	});
});

describe('Two waiting nodes in parallel branches of one execution', () => {
	/** The execution waits in "Wait" first; "Wait too" gets its turn when that has gone on. */
	let id: string;
	let first: string;
	let second: string;
	let workflow: Workflow;
	beforeAll(async () => {
		workflow = await room.publish(forkedWorkflow('Fork', 'wait-fork'));
	});
	beforeEach(async () => {
		id = await room.startWaiting(workflow, 'wait-fork');
		[first, second] = (await room.ordersOf(id)).map(({ tradeId }) => tradeId);
	});

	it('each get their own callbacks', async () => {
		shop.sandbox.orders.pay(first);
		await until('the second wait', async () => {
			const { items, status } = await shop.n8n.client.getExecution(id);
			return status === 'waiting' && items('Paid').length === 1 ? true : undefined;
		});
		shop.sandbox.orders.pay(second);
		const execution = await room.finished(id);
		expect(execution.items('Paid').map(({ json }) => json.tradeId)).toEqual([first]);
		expect(execution.items('Paid too').map(({ json }) => json.tradeId)).toEqual([second]);
		await room.settled();
		expect([...room.answersTo(first), ...room.answersTo(second)]).toEqual([
			['order.paid', 200],
			['order.paid', 200],
		]);
	});

	it("the other's callback wakes nobody and is to come again; what was paid meanwhile is found", async () => {
		shop.sandbox.orders.pay(second);
		await room.settled();
		expect(room.answersTo(second)).toEqual([['order.paid', 404]]);
		expect(await room.isWaiting(id)).toBe(true);
		shop.sandbox.orders.pay(first);
		const execution = await room.finished(id);
		expect(execution.items('Paid').map(({ json }) => json.tradeId)).toEqual([first]);
		expect(execution.items('Paid too').map(({ json }) => json.tradeId)).toEqual([second]);
	});
});

describe('When PonponPay is out of reach', () => {
	it('as its callback comes, the callback is to come again, and wakes the node then', async () => {
		const path = 'wait-down';
		const chain = [create(), wait()];
		const workflow = await room.publish(waitingWorkflow({ name: 'Down', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const [{ tradeId }] = await room.ordersOf(id);
		shop.sandbox.faults.always('/order/detail', { kind: 'reset', when: 'before' });
		shop.sandbox.orders.pay(tradeId);
		await room.settled();
		expect(room.answersTo(tradeId)).toEqual([['order.paid', 503]]);
		expect(await room.isWaiting(id)).toBe(true);
		shop.sandbox.faults.clear();
		await shop.sandbox.deliveries.retryNow();
		expect(left(await room.finished(id))).toEqual({ Paid: [tradeId] });
		expect(room.answersTo(tradeId)).toEqual([['order.paid', 503, 200]]);
	});

	it('as the node is woken, the node asks again by itself', async () => {
		const path = 'wait-silent';
		const chain = [create(), wait('Wait', { options: { mostTries: 1 } })];
		const workflow = await room.publish(waitingWorkflow({ name: 'Silent', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const [{ tradeId }] = await room.ordersOf(id);
		// The callback's own question is answered, the woken node's is not.
		shop.sandbox.faults.script('/order/detail', [null, { kind: 'reset', when: 'before' }]);
		shop.sandbox.orders.pay(tradeId);
		await room.settled();
		expect(room.answersTo(tradeId)).toEqual([['order.paid', 200]]);
		expect(left(await room.finished(id, 200))).toEqual({ Paid: [tradeId] });
	}, 300_000);
});

describe('When the time is up', () => {
	it("an order that expires by PonponPay's clock leaves by Not Paid, woken by the callback of its expiry", async () => {
		const chain = [create(), wait()];
		const path = 'wait-expiry';
		const workflow = await room.publish(waitingWorkflow({ name: 'Expiry', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const [{ tradeId }] = await room.ordersOf(id);
		await shop.sandbox.clock.advance(1801);
		expect(left(await room.finished(id))).toEqual({ expired: [tradeId] });
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
			started[name] = await room.startWaiting(
				await room.publish(waitingWorkflow({ name, chain, path })),
				path,
			);
		}
		const tradeId = async (name: string) => (await room.ordersOf(started[name]))[0].tradeId;
		shop.sandbox.orders.pay(await tradeId('untold'));
		shop.sandbox.orders.pay(await tradeId('polled'));
		const end = async (name: string) => left(await room.finished(started[name], 200));
		expect(await end('cancelled')).toEqual({ cancelled: [await tradeId('cancelled')] });
		expect(shop.sandbox.orders.get(await tradeId('cancelled')).status).toBe('cancelled');
		expect(await end('open')).toEqual({ timeUp: [await tradeId('open')] });
		expect(shop.sandbox.orders.get(await tradeId('open')).status).toBe('pending');
		expect(await end('untold')).toEqual({ Paid: [await tradeId('untold')] });
		expect(await end('polled')).toEqual({ Paid: [await tradeId('polled')] });
	}, 400_000);
});
