import type { Workflow, WorkflowFile } from '../n8n/client.mts';
import { loadExample, type Shop } from '../n8n/shop.mts';
import { openChat, type Chat } from './chat.mts';
import { openTestShop } from './testShop.mts';
import { WaitingRoom } from './waiting.mts';

let shop: Shop;
let room: WaitingRoom;
beforeAll(async () => {
	shop = await openTestShop();
	room = new WaitingRoom(shop);
});
afterAll(async () => await shop?.close());

/** The example with other options in one of its nodes. */
function withOptions(file: WorkflowFile, nodeName: string, options: object): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		if (node.name !== nodeName) return node;
		const before = node.parameters.options as object;
		return { ...node, parameters: { ...node.parameters, options: { ...before, ...options } } };
	});
	return { ...file, nodes };
}

describe('Chat order: link → wait → thank or cancel', () => {
	let chat: Chat;
	let workflow: Workflow;
	beforeAll(async () => {
		chat = await openChat();
		workflow = await room.publish(loadExample('chat-order'));
	});
	afterAll(async () => await chat?.close());

	/** Writes "/pay 12", and waits for the workflow to wait. */
	const order = async (conversation: string) => {
		const command = { text: '12', response_url: chat.address(conversation) };
		const id = await room.startWaiting(workflow, 'chat-order', JSON.stringify(command));
		return { id, tradeId: (await room.ordersOf(id))[0].tradeId };
	};

	it('gives a link, and thanks whoever pays', async () => {
		const { id, tradeId } = await order('anna');
		expect(chat.messages('anna')).toEqual([
			expect.stringContaining(shop.sandbox.orders.get(tradeId).paymentUrl),
		]);
		shop.sandbox.orders.pay(tradeId);
		expect(await room.finished(id)).toMatchObject({ status: 'success' });
		expect(chat.messages('anna')).toEqual([
			expect.anything(),
			expect.stringMatching(/^Thank you! We got 12\.\d+ USDT\.$/),
		]);
	});

	it('says so when nobody pays', async () => {
		const { id } = await order('ben');
		await shop.sandbox.clock.advance(1801);
		expect(await room.finished(id)).toMatchObject({ status: 'success' });
		expect(chat.messages('ben')).toEqual([
			expect.anything(),
			'The payment link is no longer valid (expired). Send /pay again to get a new one.',
		]);
	});
});

describe('Invoice with reminder: link → wait → remind → wait → give up', () => {
	const invoice = { number: '2026-18', amount: '30', email: 'customer@example.com' };
	let workflow: Workflow;
	beforeAll(async () => {
		// A minute in place of the quarter of an hour.
		const file = withOptions(loadExample('invoice-with-reminder'), 'Wait', { waitAtMost: 1 });
		workflow = await room.publish(file);
	});

	it('reminds, then thanks or gives up; who pays at once is not reminded', async () => {
		const start = async () => await room.startWaiting(workflow, 'invoice', JSON.stringify(invoice));
		const [prompt, late, never] = [await start(), await start(), await start()];
		const tradeId = async (id: string) => (await room.ordersOf(id))[0].tradeId;

		shop.sandbox.orders.pay(await tradeId(prompt));
		const paidAtOnce = await room.finished(prompt);
		expect(paidAtOnce.items('Remind')).toEqual([]);
		expect(paidAtOnce.items('Thank')[0].json).toMatchObject({
			to: 'customer@example.com',
			subject: 'Invoice 2026-18 is paid',
			text: expect.stringMatching(/^Thank you! We got 30\.\d+ USDT\.$/),
		});

		for (const id of [late, never]) {
			await room.untilReached(id, 'Remind', 150);
			await room.untilWaiting(id);
		}
		shop.sandbox.orders.pay(await tradeId(late));
		const paidLate = await room.finished(late);
		expect(paidLate.items('Remind')[0].json).toMatchObject({
			text: expect.stringContaining(shop.sandbox.orders.get(await tradeId(late)).paymentUrl),
		});
		expect(paidLate.items('Thank')).toHaveLength(1);

		await shop.sandbox.clock.advance(1801);
		const unpaid = await room.finished(never);
		expect(unpaid.items('Give up')[0].json).toMatchObject({
			to: 'customer@example.com',
			text: 'The order is expired; its link does not work any more.',
		});
		expect(unpaid.items('Thank')).toEqual([]);
	}, 400_000);
});
