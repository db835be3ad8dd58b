import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import type { Trigger } from '../harness/trigger.mts';
import { createOrder, credential, openTrigger } from './support.mts';

describe('The secret of the registered webhook', () => {
	let sandbox: Sandbox;
	let trigger: Trigger;

	beforeEach(async () => {
		sandbox = await startSandbox({ settings: { signatures: { A: true, B: false, C: false } } });
		const parameters = (events: string[]) => ({ events, options: { signature: 'secret' } });
		trigger = await openTrigger({
			parameters: parameters(['order.paid']),
			credentials: credential(sandbox),
		});
		await trigger.activate();
		const before = trigger.staticData;
		await trigger.deactivate();
		trigger.edit({ parameters: parameters(['order.paid', 'order.expired']) });
		await trigger.activate();
		// A poll trigger in the same workflow has saved, with what it knew of this one.
		trigger.staticData = before;
	});

	afterEach(async () => {
		await trigger.close();
		await sandbox.close();
	});

	it('is still known when another node has put back older static data', async () => {
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		await sandbox.deliveries.settled();
		expect(sandbox.deliveries.all(tradeId)).toMatchObject([{ attempts: [{ status: 200 }] }]);
		expect(trigger.executions).toHaveLength(1);
	});

	it('and its webhook is removed all the same', async () => {
		await trigger.deactivate();
		expect(sandbox.hooks.all()).toEqual([]);
	});
});
