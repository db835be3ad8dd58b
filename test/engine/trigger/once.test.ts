import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { unreachableUrl } from '../harness/server.mts';
import type { Trigger, TriggerSetup } from '../harness/trigger.mts';
import { createOrder, credential, manual, openTrigger, signed } from './support.mts';

const paid = { order_no: 'shop-1', trade_id: 'T1', status: 2, hash: '0xab', event_id: undefined };

describe('An event of PonponPay', () => {
	let sandbox: Sandbox;
	let trigger: Trigger;

	beforeEach(async () => (sandbox = await startSandbox()));
	afterEach(async () => {
		expect(trigger.crashes).toEqual([]);
		await trigger.close();
		await sandbox.close();
	});

	const open = async (options: INodeParameters = {}, setup: TriggerSetup = {}) => {
		trigger = await openTrigger({
			parameters: manual({ events: ['*'], options }),
			credentials: credential(sandbox),
			...setup,
		});
	};
	const pay = async () => {
		const tradeId = await createOrder(sandbox, trigger.url);
		sandbox.orders.pay(tradeId);
		await sandbox.deliveries.settled();
		return tradeId;
	};
	const redeliver = async (tradeId: string) => {
		const [{ id }] = sandbox.deliveries.all(tradeId);
		const { attempts } = await sandbox.deliveries.redeliver(id);
		return attempts.at(-1)?.status;
	};
	const items = () => trigger.executions.map(([{ json }]) => json);

	it('starts the workflow once, however often it is delivered', async () => {
		await open();
		const tradeId = await pay();
		expect([await redeliver(tradeId), await redeliver(tradeId)]).toEqual([200, 200]);
		expect(trigger.executions).toHaveLength(1);
	});

	it('starts the workflow once when its deliveries carry no event id', async () => {
		sandbox.settings.withEventIds = false;
		await open();
		expect(await redeliver(await pay())).toBe(200);
		expect(trigger.executions).toHaveLength(1);
		expect(items()).toMatchObject([{ eventId: null }]);
	});

	it('starts the workflow once when many deliveries of it come at the same moment', async () => {
		await open();
		const outcomes = await Promise.all(
			Array.from({ length: 30 }, async () => await trigger.deliver(signed(sandbox.apiKey, paid))),
		);
		expect(outcomes.map(({ status }) => status)).toEqual(Array(30).fill(200));
		expect(trigger.executions).toHaveLength(1);
	});

	it('is emitted again, marked, when duplicates are wanted', async () => {
		await open({ duplicates: 'emit' });
		await redeliver(await pay());
		const [first, second] = items();
		expect([first.isDuplicate, second.isDuplicate]).toEqual([false, true]);
		expect(second.dedupeKey).toBe(first.dedupeKey);
		expect(second.eventId).toBe(first.eventId);
	});

	it('is let in again while somebody tries the workflow out', async () => {
		await open({}, { isTest: true });
		await redeliver(await pay());
		expect(trigger.executions).toHaveLength(2);
	});

	it('is let in again after n8n could not run the workflow to its end', async () => {
		let runs = 0;
		await open(
			{ respond: 'lastNode' },
			{
				onExecution: () => {
					runs += 1;
					if (runs < 3) throw new Error('a node stopped');
				},
			},
		);
		const tradeId = await pay();
		expect(sandbox.deliveries.all(tradeId)[0].attempts).toMatchObject([{ status: 500 }]);
		expect(await redeliver(tradeId)).toBe(500);
		expect(await redeliver(tradeId)).toBe(200);
		expect(await redeliver(tradeId)).toBe(200);
		expect(runs).toBe(3);
	});

	it('makes its duplicates wait until the workflow has finished, and answers them the same', async () => {
		let finish = () => {};
		const finished = new Promise<void>((resolve) => (finish = resolve));
		let started = () => {};
		const running = new Promise<void>((resolve) => (started = resolve));
		await open(
			{ respond: 'lastNode' },
			{
				onExecution: async () => {
					started();
					await finished;
				},
			},
		);
		const tradeId = await createOrder(sandbox, trigger.url);
		sandbox.orders.pay(tradeId);
		await running;
		const second = redeliver(tradeId);
		finish();
		await sandbox.deliveries.settled();
		expect(await second).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});

	it('is not waited for by a sender that has hung up', async () => {
		let finish = () => {};
		const finished = new Promise<void>((resolve) => (finish = resolve));
		await open({ respond: 'lastNode' }, { onExecution: async () => await finished });
		const first = trigger.deliver(signed(sandbox.apiKey, paid));
		const impatient = signed(sandbox.apiKey, paid);
		await expect(
			fetch(trigger.url, {
				method: 'POST',
				...impatient,
				headers: { ...impatient.headers, 'Content-Type': 'application/json' },
				signal: AbortSignal.timeout(300),
			}),
		).rejects.toThrow();
		// By the time n8n has answered another request, it has noticed.
		await trigger.deliver({ body: paid });
		finish();
		expect((await first).status).toBe(200);
		// The same bytes once more: known by now, and not a replay, because nobody had heard the answer.
		expect((await trigger.deliver(impatient)).status).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});

	it('starts the workflow again an hour after n8n has left its execution without an end', async () => {
		let start = () => {};
		const started = new Promise<void>((resolve) => (start = resolve));
		let endTest = () => {};
		const testEnded = new Promise<void>((resolve) => (endTest = resolve));
		await open(
			{ respond: 'lastNode' },
			{
				onExecution: async () => {
					start();
					// The first has stalled with its worker or the queue.
					if (trigger.executions.length === 1) await testEnded;
				},
			},
		);
		const first = signed(sandbox.apiKey, paid);
		trigger.deliver(first).catch(() => {});
		await started;
		const later = Date.now() + 60 * 60_000;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
		const next = signed(sandbox.apiKey, paid);
		expect((await trigger.deliver(next)).status).toBe(200);
		expect((await trigger.deliver(next)).status).toBe(200);
		expect(trigger.executions).toHaveLength(2);
		clock.mockRestore();
		endTest();
	});

	it('does not end in an answer that shows what the workflow put out', async () => {
		await open({ respond: 'lastNode' });
		const tradeId = await pay();
		expect(sandbox.deliveries.all(tradeId)[0].attempts).toMatchObject([
			{ status: 200, answer: '' },
		]);
	});

	it.each([
		['emit', [false, true]],
		['skip', [false]],
	])('that says "expired" about a paid order is late (%s)', async (late, stale) => {
		await open({ late });
		await trigger.deliver(signed(sandbox.apiKey, paid));
		const expired = await trigger.deliver(signed(sandbox.apiKey, { ...paid, status: 3 }));
		expect(expired.status).toBe(200);
		expect(items().map(({ isStale }) => isStale)).toEqual(stale);
	});

	it('that says "expired" is not late when the payment comes after it', async () => {
		await open();
		await trigger.deliver(signed(sandbox.apiKey, { ...paid, status: 3 }));
		await trigger.deliver(signed(sandbox.apiKey, paid));
		expect(items().map(({ isStale }) => isStale)).toEqual([false, false]);
	});

	it('is known to be paid even by a trigger that only wants to hear of expiries', async () => {
		await open();
		trigger.edit({ parameters: manual({ events: ['order.expired'] }) });
		await trigger.deliver(signed(sandbox.apiKey, paid));
		await trigger.deliver(signed(sandbox.apiKey, { ...paid, status: 3 }));
		expect(items()).toMatchObject([{ event: 'order.expired', isStale: true }]);
	});

	it('from the other environment is refused, so that test money pays for nothing', async () => {
		await open();
		const body = { ...paid, environment: 'sandbox' };
		expect((await trigger.deliver(signed(sandbox.apiKey, body))).status).toBe(401);
		expect(trigger.executions).toEqual([]);
	});
});

describe('"Confirm with PonponPay"', () => {
	let sandbox: Sandbox;
	let trigger: Trigger;

	beforeEach(async () => {
		sandbox = await startSandbox();
		trigger = await openTrigger({
			parameters: manual({ events: ['*'], options: { confirm: true } }),
			credentials: credential(sandbox),
		});
	});
	afterEach(async () => {
		expect(trigger.crashes).toEqual([]);
		await trigger.close();
		await sandbox.close();
	});

	it('lets a true payment in, with the order as PonponPay has it', async () => {
		const tradeId = await createOrder(sandbox, trigger.url);
		sandbox.orders.pay(tradeId);
		await sandbox.deliveries.settled();
		const { actualAmount } = sandbox.orders.get(tradeId);
		expect(trigger.executions).toMatchObject([
			[{ json: { event: 'order.paid', order: { tradeId, amount: '25', actualAmount } } }],
		]);
	});

	it('gives a payment one dedupe key, whichever of its IDs a delivery names', async () => {
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		const { merchantOrderId } = sandbox.orders.get(tradeId);
		const told = [{ trade_id: tradeId }, { order_no: merchantOrderId }];
		trigger.edit({
			parameters: manual({ events: ['*'], options: { confirm: true, duplicates: 'emit' } }),
		});
		for (const [index, ids] of told.entries()) {
			const body = { ...ids, status: 2, event_id: `evt-${index}` };
			expect((await trigger.deliver(signed(sandbox.apiKey, body))).status).toBe(200);
		}
		const keys = trigger.executions.map(([{ json }]) => json.dedupeKey);
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
	});

	it('refuses an invented payment that is signed correctly, and says what differs', async () => {
		const tradeId = await createOrder(sandbox);
		const { merchantOrderId, actualAmount } = sandbox.orders.get(tradeId);
		const claim = {
			order_no: merchantOrderId,
			trade_id: tradeId,
			status: 2,
			amount: Number(actualAmount),
			currency: 'USDT',
		};
		const invented = await trigger.deliver(signed(sandbox.apiKey, claim));
		// The books may be late: it starts nothing, and PonponPay may say it again.
		expect(invented.status).toBe(503);
		expect(invented.logs[0].message).toContain('differs: status');

		sandbox.orders.pay(tradeId);
		for (const [field, change] of [
			['actualAmount', { amount: 2500 }],
			['amount', { fiat_amount: 2500 }],
			['currency', { currency: 'USDC' }],
			['merchantOrderId', { order_no: 'a-dearer-order' }],
			['id', { trade_id: 'P-none' }],
		] as const) {
			const outcome = await trigger.deliver(signed(sandbox.apiKey, { ...claim, ...change }));
			expect(outcome.status).toBe(403);
			expect(outcome.logs[0].message).toContain(`differs: ${field}`);
		}
		expect(trigger.executions).toEqual([]);
		expect((await trigger.deliver(signed(sandbox.apiKey, claim))).status).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});

	it('marks what was overtaken, without having seen the payment itself', async () => {
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		await trigger.deliver(signed(sandbox.apiKey, { trade_id: tradeId, status: 3 }));
		expect(trigger.executions).toMatchObject([
			[{ json: { event: 'order.expired', isStale: true, order: { status: 'paid' } } }],
		]);
	});

	it('answers 503 while PonponPay cannot be asked, and lets the same delivery in afterwards', async () => {
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		const delivery = signed(sandbox.apiKey, { trade_id: tradeId, status: 2 });
		trigger.edit({
			credentials: credential({ url: await unreachableUrl(), apiKey: sandbox.apiKey }),
		});
		const outcome = await trigger.deliver(delivery);
		expect(outcome.status).toBe(503);
		expect(outcome.logs[0].message).toContain('No connection to PonponPay');
		trigger.edit({ credentials: credential(sandbox) });
		expect((await trigger.deliver(delivery)).status).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});
});

describe('A flood of forgeries', () => {
	it('writes one line for each cause, with the credential’s name', async () => {
		const trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url: await unreachableUrl(), apiKey: 'sk_live_1' }),
		});
		for (let index = 0; index < 20; index += 1) {
			await trigger.deliver({ body: paid });
			await trigger.deliver(signed('sk_live_2', paid));
		}
		expect(trigger.logs).toHaveLength(2);
		expect(trigger.logs[0].message).toContain('Credential: "PonponPay account"');
		await trigger.close();
	});

	it('is told from a proxy that rewrites the body', async () => {
		const trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url: await unreachableUrl(), apiKey: 'sk_live_1' }),
		});
		const { body, headers } = signed('sk_live_1', paid);
		const indented = JSON.stringify(JSON.parse(body), undefined, 2);
		const outcome = await trigger.deliver({ body: indented, headers });
		expect(outcome.status).toBe(401);
		expect(outcome.logs[0].message).toContain('rewrites the body');
		expect((await trigger.deliver({ body, headers })).status).toBe(200);
		await trigger.close();
	});
});
