import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
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
