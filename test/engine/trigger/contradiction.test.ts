import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { jsonAnswer, startServer } from '../harness/server.mts';
import type { Trigger } from '../harness/trigger.mts';
import { createOrder, credential, manual, openTrigger, signed } from './support.mts';

describe('A delivery that calls one order paid and expired at once', () => {
	let sandbox: Sandbox;
	let trigger: Trigger;

	beforeEach(async () => {
		sandbox = await startSandbox();
		trigger = await openTrigger({
			parameters: manual({ events: ['*'] }),
			credentials: credential(sandbox),
		});
	});
	afterEach(async () => {
		await trigger.close();
		await sandbox.close();
	});

	const deliver = async (data: object) =>
		await trigger.deliver(signed(sandbox.apiKey, { type: 'order.paid', data }));

	it('starts the workflow with what PonponPay’s books say', async () => {
		const tradeId = await createOrder(sandbox);
		sandbox.orders.expire(tradeId);
		const { status, items } = await deliver({ trade_id: tradeId, status: 3 });
		expect(status).toBe(200);
		expect(items?.map(({ json }) => json)).toMatchObject([
			{ event: 'order.expired', order: { tradeId, status: 'expired', isPaid: false } },
		]);
	});

	it('is paid where the books say so', async () => {
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		const { items } = await deliver({ trade_id: tradeId, status: 3 });
		expect(items?.map(({ json }) => json)).toMatchObject([
			{ event: 'order.paid', order: { tradeId, isPaid: true } },
		]);
	});

	it.each([
		['about an order that is not there', { trade_id: 'P-none', status: 3 }, 403],
		['about no order at all', { status: 3 }, 400],
	])('starts nothing, for good, %s', async (_what, data, refused) => {
		const { status, items } = await deliver(data);
		expect(status).toBe(refused);
		expect(items ?? []).toEqual([]);
	});
});

describe('An order of the sandbox, where PonponPay’s books alone tell that it is one,', () => {
	it.each([{ confirm: true }, {}])('never passes as real: %j', async (options) => {
		const apiKey = ['sk', 'live', '0123456789abcdef'].join('_');
		const order = { trade_id: 'SB20261127', mch_order_id: 'shop-1', status: 2, amount: 25 };
		const books = await startServer(jsonAnswer({ code: 0, data: order }));
		const trigger = await openTrigger({
			parameters: manual({ options }),
			credentials: credential({ url: books.url, apiKey }),
		});
		const told = { type: 'order.paid', data: { order_no: 'shop-1', status: 'expired' } };
		const body = 'confirm' in options ? { order_no: 'shop-1', status: 2 } : told;
		const { status, items } = await trigger.deliver(signed(apiKey, body));
		expect([status, items ?? []]).toEqual([401, []]);
		await trigger.close();
		await books.close();
	});
});
