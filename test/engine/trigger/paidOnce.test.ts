import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { jsonAnswer, startServer, unreachableUrl } from '../harness/server.mts';
import type { Trigger } from '../harness/trigger.mts';
import { createOrder, credential, LIVE_KEY, manual, openTrigger, signed } from './support.mts';

/** Everything that may tell of one payment, each with an event ID of its own. */
const tellings = (tradeId: string, ownId: string): Array<[string, object]> => {
	const both = { trade_id: tradeId, order_no: ownId };
	const flat = (status: number, hash = 'ab'.repeat(32)) => ({ ...both, status, hash });
	const data = { trade_id: tradeId, mch_order_id: ownId, status: 2 };
	return [
		['paid', { ...flat(2, ''), event_id: 'evt-1' }],
		['with a hash that comes later', { ...flat(2), event_id: 'evt-2' }],
		['credited by hand', { ...flat(5), event_id: 'evt-3' }],
		['marked paid', { ...flat(7, ''), event_id: 'evt-4' }],
		['without an event ID', flat(2)],
		['in an envelope', { type: 'order.paid', event_id: 'evt-5', data }],
		['by the trade ID alone', { trade_id: tradeId, status: 2, event_id: 'evt-6' }],
		['by the order number alone', { order_no: ownId, status: 2, event_id: 'evt-7' }],
	];
};

describe.each([false, true])('A payment, with Confirm: %s,', (confirm) => {
	let sandbox: Sandbox;
	let trigger: Trigger;

	beforeEach(async () => (sandbox = await startSandbox()));
	afterEach(async () => {
		expect(trigger.crashes).toEqual([]);
		await trigger.close();
		await sandbox.close();
	});

	const open = async (options: INodeParameters = {}) => {
		trigger = await openTrigger({
			parameters: manual({ options: { confirm, ...options } }),
			credentials: credential(sandbox),
		});
	};
	const paidOrder = async () => {
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		return { tradeId, ownId: String(sandbox.orders.get(tradeId).merchantOrderId) };
	};
	const deliver = async (body: object) =>
		(await trigger.deliver(signed(sandbox.apiKey, body))).status;

	it.each(tellings('', '').map(([how], first) => [how, first] as const))(
		'that is first told %s starts the workflow once, whatever tells it afterwards',
		async (_how, first) => {
			await open();
			const { tradeId, ownId } = await paidOrder();
			const told = tellings(tradeId, ownId);
			const inTurn = [...told.slice(first), ...told.slice(0, first)];
			const statuses = [];
			for (const [, body] of inTurn) statuses.push(await deliver(body));
			expect(statuses).toEqual(Array(told.length).fill(200));
			expect(trigger.executions).toHaveLength(1);
		},
	);

	it('that is told in all ways at the same moment starts the workflow once', async () => {
		await open();
		const { tradeId, ownId } = await paidOrder();
		await Promise.all(tellings(tradeId, ownId).map(async ([, body]) => await deliver(body)));
		expect(trigger.executions).toHaveLength(1);
	});

	it('that is told again is emitted as a duplicate where that is wanted, under one key', async () => {
		await open({ duplicates: 'emit' });
		const { tradeId, ownId } = await paidOrder();
		for (const [, body] of tellings(tradeId, ownId)) await deliver(body);
		const items = trigger.executions.map(([{ json }]) => json);
		expect(items.map(({ isDuplicate }) => isDuplicate)).toEqual([false, ...Array(7).fill(true)]);
		expect(new Set(items.map(({ dedupeKey }) => dedupeKey)).size).toBe(1);
	});

	it('starts the workflow beside the payment of every other order', async () => {
		await open();
		for (let orders = 0; orders < 3; orders += 1) {
			const { tradeId, ownId } = await paidOrder();
			const [[, body]] = tellings(tradeId, ownId);
			await deliver({ ...body, event_id: `evt-${tradeId}` });
		}
		expect(trigger.executions).toHaveLength(3);
	});
});

describe('"Confirm with PonponPay"', () => {
	it('lets nobody who knows the secret give one payment the event ID of another', async () => {
		const sandbox = await startSandbox();
		const trigger = await openTrigger({
			parameters: manual({ options: { confirm: true } }),
			credentials: credential(sandbox),
		});
		for (let orders = 0; orders < 2; orders += 1) {
			const tradeId = await createOrder(sandbox);
			sandbox.orders.pay(tradeId);
			const body = { trade_id: tradeId, status: 2, event_id: 'evt-guessed' };
			await trigger.deliver(signed(sandbox.apiKey, body));
		}
		expect(trigger.executions).toHaveLength(2);
		await trigger.close();
		await sandbox.close();
	});
});

describe('A payment that only PonponPay’s ID names', () => {
	const body = { trade_id: 'T1', status: 2 };
	const deliverTo = async (url: string) => {
		const trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url, apiKey: LIVE_KEY }),
		});
		const { status } = await trigger.deliver(signed(LIVE_KEY, body));
		await trigger.close();
		return { status, executions: trigger.executions.length };
	};

	it('is to come again while PonponPay cannot say which order that is', async () => {
		const server = await startServer(jsonAnswer({ message: 'busy' }, 503));
		expect(await deliverTo(server.url)).toEqual({ status: 503, executions: 0 });
		await server.close();
	});

	it.each([
		['does not know it', jsonAnswer({ code: 10003, message: 'order not found' })],
		['refuses the key', jsonAnswer({ code: 401, message: 'no' }, 401)],
	])('starts the workflow where PonponPay %s', async (_how, answer) => {
		const server = await startServer(answer);
		expect(await deliverTo(server.url)).toEqual({ status: 200, executions: 1 });
		await server.close();
	});

	it('starts the workflow where PonponPay is out of reach', async () => {
		expect(await deliverTo(await unreachableUrl())).toEqual({ status: 200, executions: 1 });
	});
});

describe('A payment that was let in by PonponPay’s ID, of which PonponPay knew nothing,', () => {
	const KNOWN = { trade_id: 'T1', mch_order_id: 'shop-1', status: 2, amount: 5, currency: 'USDT' };
	const NOT_FOUND = { code: 10003, message: 'order not found' };

	it('starts nothing when it is told again by the order number alone', async () => {
		let isKnown = false;
		let asked = 0;
		const server = await startServer((request, response) => {
			asked += 1;
			const answer = isKnown ? { code: 0, message: 'success', data: KNOWN } : NOT_FOUND;
			jsonAnswer(answer)(request, response);
		});
		const trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url: server.url, apiKey: LIVE_KEY }),
		});
		const deliver = async (body: object) => await trigger.deliver(signed(LIVE_KEY, body));

		// Nobody is asked about a payment as PonponPay documents it.
		await deliver({ order_no: 'shop-0', status: 2 });
		expect(asked).toBe(0);
		await deliver({ trade_id: 'T1', status: 2 });
		expect(trigger.executions).toHaveLength(2);

		isKnown = true;
		expect((await deliver({ order_no: 'shop-1', status: 2 })).status).toBe(200);
		expect(trigger.executions).toHaveLength(2);
		const soFar = asked;
		await deliver({ order_no: 'shop-2', status: 2 });
		expect(trigger.executions).toHaveLength(3);
		expect(asked).toBe(soFar);
		await trigger.close();
		await server.close();
	});
});
