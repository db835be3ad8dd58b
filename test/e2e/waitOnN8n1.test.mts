import type { Shop } from '../n8n/shop.mts';
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

const INSTALLING_MS = 1_800_000;

/** n8n's first generation resumes executions differently: it checks no token, and keeps one output only. */
describe('On n8n 1.x', () => {
	let shop: Shop;
	let room: WaitingRoom;
	beforeAll(async () => {
		shop = await openTestShop({ n8nVersion: '1.123.81' });
		room = new WaitingRoom(shop);
	}, INSTALLING_MS);
	afterAll(async () => await shop?.close());

	it('an order leaves by Paid once, also after n8n was killed and started again', async () => {
		const path = 'wait-one';
		const chain = [create(), wait()];
		const workflow = await room.publish(waitingWorkflow({ name: 'Wait', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const [{ tradeId }] = room.ordersOf(id);
		await shop.n8n.kill();
		await shop.n8n.restart();
		shop.sandbox.orders.pay(tradeId);
		const execution = await room.finished(id);
		expect(left(execution)).toEqual({ Open: [], Over: [], Paid: [tradeId] });
		expect(execution.items('Paid')[0].pairedItem).toEqual({ item: 0 });
		await room.settled();
		expect(room.answersTo(tradeId)).toEqual([['order.paid', 200]]);
	});

	it('a forged callback wakes nobody; an expired order leaves by Over', async () => {
		const path = 'wait-forged';
		const chain = [ponponPay('Both', { operation: 'createAndWait', ...newOrder })];
		const workflow = await room.publish(waitingWorkflow({ name: 'Forged', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const [{ tradeId, notifyUrl }] = room.ordersOf(id);
		const body = JSON.stringify({ trade_id: tradeId, status: 2 });
		expect((await post(String(notifyUrl), body)).status).toBe(401);
		expect(await room.isWaiting(id)).toBe(true);
		await shop.sandbox.clock.advance(1801);
		expect(left(await room.finished(id))).toEqual({ Open: [], Over: [tradeId], Paid: [] });
	});

	it('three orders of one node go on together and paired, each by its own output', async () => {
		const path = 'wait-three';
		const chain = [split(3), create(), wait()];
		const workflow = await room.publish(waitingWorkflow({ name: 'Three', chain, path }));
		const id = await room.startWaiting(workflow, path);
		const [first, second, third] = room.ordersOf(id).map(({ tradeId }) => tradeId);
		shop.sandbox.orders.pay(first);
		shop.sandbox.orders.cancel(second);
		await room.settled();
		expect(await room.isWaiting(id)).toBe(true);
		shop.sandbox.orders.pay(third);
		const execution = await room.finished(id);
		expect(left(execution)).toEqual({ Open: [], Over: [second], Paid: [first, third] });
		expect(execution.items('Wait', 2).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
		]);
	});

	it('two waiting nodes in parallel branches each get their own callbacks', async () => {
		const workflow = await room.publish(forkedWorkflow('Fork', 'wait-fork'));
		const id = await room.startWaiting(workflow, 'wait-fork');
		const [first, second] = room.ordersOf(id).map(({ tradeId }) => tradeId);
		shop.sandbox.orders.pay(first);
		await room.untilReached(id, 'Paid');
		await room.untilWaiting(id);
		shop.sandbox.orders.pay(second);
		const execution = await room.finished(id);
		expect(execution.items('Paid').map(({ json }) => json.tradeId)).toEqual([first]);
		expect(execution.items('Paid too').map(({ json }) => json.tradeId)).toEqual([second]);
	});

	it('polling sees a payment by itself, and what is open when the time is up is cancelled', async () => {
		const start = async (path: string, parameters: object) => {
			const chain = [create('Create', { notifyExecution: false }), wait('Wait', parameters)];
			const workflow = await room.publish(waitingWorkflow({ name: path, chain, path }));
			const id = await room.startWaiting(workflow, path);
			return { id, tradeId: room.ordersOf(id)[0].tradeId };
		};
		const polled = await start('wait-polled', { learnBy: 'polling' });
		const unpaid = await start('wait-unpaid', { options: { waitAtMost: 1 } });
		shop.sandbox.orders.pay(polled.tradeId);
		const end = async (id: string) => left(await room.finished(id, 200));
		expect(await end(polled.id)).toEqual({ Open: [], Over: [], Paid: [polled.tradeId] });
		expect(await end(unpaid.id)).toEqual({ Open: [], Over: [unpaid.tradeId], Paid: [] });
	}, 400_000);
});
