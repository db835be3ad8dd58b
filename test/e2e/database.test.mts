import type { Shop } from '../n8n/shop.mts';
import { createOrder } from './orders.mts';
import { openTestShop } from './testShop.mts';
import { left, WaitingRoom } from './waiting.mts';
import { locator, ponponPay, waitingWorkflow } from './waitingWorkflow.mts';

/** What depends on how n8n stores things, so that each of its databases has its own way to fail. */
describe('What n8n has stored', () => {
	let shop: Shop;
	let room: WaitingRoom;
	beforeAll(async () => {
		// All orders of this PonponPay have been over for an hour, by the clock of n8n.
		const startsAt = Math.floor(Date.now() / 1000) - 5400;
		shop = await openTestShop({ sandbox: { startsAt } });
		room = new WaitingRoom(shop);
	});
	afterAll(async () => await shop?.close());

	it('wakes an execution whose order is still confirming long after its time, and it leaves by Paid', async () => {
		const tradeId = await createOrder(shop.sandbox);
		shop.sandbox.orders.confirming(tradeId);
		const order = locator('tradeId', '={{ $json.body.tradeId }}');
		const chain = [ponponPay('Wait', { operation: 'wait', order })];
		const workflow = await room.publish(waitingWorkflow({ name: 'Late', chain, path: 'late' }));
		const id = await room.startWaiting(workflow, 'late', JSON.stringify({ tradeId }));
		expect(shop.sandbox.orders.get(tradeId).status).toBe('confirming');
		shop.sandbox.orders.pay(tradeId);
		const execution = await room.finished(id, 240);
		expect(execution.error).toBeUndefined();
		expect(left(execution)).toEqual({ Paid: [tradeId] });
	}, 300_000);
});
