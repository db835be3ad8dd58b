import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import { PonponPayPollTrigger } from '../../../nodes/PonponPayPollTrigger/PonponPayPollTrigger.node';
import { PonponPayTrigger } from '../../../nodes/PonponPayTrigger/PonponPayTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { defaultMerchant } from '../../sandbox/state/accounts.mts';
import { createEngine } from '../harness/engine.mts';
import type { Poller, PollOutcome } from '../harness/poll.mts';
import { jsonAnswer, startServer } from '../harness/server.mts';
import { createOrder, credential, manual } from '../trigger/support.mts';

const engine = createEngine({
	nodes: [new PonponPayPollTrigger(), new PonponPayTrigger()],
	credentialTypes: [new PonponPayApi()],
});
const TRIGGER_TYPE = 'n8n-nodes-ponponpay.ponponPayTrigger';

const SECOND_SHOP = defaultMerchant('M200002');

/** "order event" of each item. */
function told({ items, error }: PollOutcome): string[] {
	if (error) throw error;
	return (items ?? []).map(({ json }) => `${String(orderOf(json).tradeId)} ${String(json.event)}`);
}

function orderOf(json: IDataObject): IDataObject {
	return json.order as IDataObject;
}

describe('The poll trigger', () => {
	let sandbox: Sandbox;

	beforeEach(async () => (sandbox = await startSandbox({ furtherMerchants: [SECOND_SHOP] })));
	afterEach(async () => await sandbox.close());

	const open = (parameters: INodeParameters = {}): Poller =>
		engine.openPoller({
			parameters: { events: ['*'], ...parameters },
			credentials: credential(sandbox),
		});

	/** As n8n goes on after it was stopped: with what it had saved, in a process that has loaded the node anew. */
	const restarted = (poller: Poller, parameters: INodeParameters = {}): Poller => {
		let poller2: Poller | undefined;
		jest.isolateModules(() => {
			const { PonponPayPollTrigger: Reloaded } = jest.requireActual<{
				PonponPayPollTrigger: typeof PonponPayPollTrigger;
			}>('../../../nodes/PonponPayPollTrigger/PonponPayPollTrigger.node');
			const reloaded = createEngine({
				nodes: [new Reloaded()],
				credentialTypes: [new PonponPayApi()],
			});
			poller2 = reloaded.openPoller({
				parameters: { events: ['*'], ...parameters },
				credentials: credential(sandbox),
				staticData: poller.staticData,
			});
		});
		if (poller2 === undefined) throw new Error('jest loaded nothing');
		return poller2;
	};

	it('tells each change of an order once, with the order and a dedupe key', async () => {
		const poller = open();
		expect(told(await poller.activate())).toEqual([]);
		const id = await createOrder(sandbox, undefined, { mch_order_id: 'shop-1' });
		expect(told(await poller.poll())).toEqual([`${id} order.pending`]);
		expect((await poller.poll()).items).toBeUndefined();
		const { transactionHash } = sandbox.orders.pay(id);
		const { items } = await poller.poll();
		expect(items?.map(({ json }) => json)).toEqual([
			{
				event: 'order.paid',
				eventId: null,
				receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
				dedupeKey: 'production:order:shop-1:order.paid',
				isDuplicate: false,
				isStale: false,
				order: expect.objectContaining({
					tradeId: id,
					merchantOrderId: 'shop-1',
					status: 'paid',
					isPaid: true,
					amount: '25',
					transactionHash,
				}),
			},
		]);
		expect((await poller.poll()).items).toBeUndefined();
	});

	it.each([
		['paid', (id: string) => sandbox.orders.pay(id), {}],
		['credited by hand', (id: string) => sandbox.orders.creditByHand(id), {}],
		['paid by word, without a transaction', (id: string) => sandbox.orders.markPaid(id), {}],
		[
			'paid, in the event envelope',
			(id: string) => sandbox.orders.pay(id),
			{ callbackShape: 'envelope' },
		],
		[
			'by hand, listed as "paid"',
			(id: string) => sandbox.orders.creditByHand(id),
			{ statusAs: 'word' },
		],
		['expired', (id: string) => sandbox.orders.expire(id), {}],
		['cancelled', (id: string) => sandbox.orders.cancel(id), {}],
	] as const)(
		'gives an order that was %s the key and shape of the webhook trigger',
		async (_how, change, settings) => {
			Object.assign(sandbox.settings, settings);
			const trigger = await engine.openTrigger({
				type: TRIGGER_TYPE,
				parameters: manual({ events: ['*'] }),
				credentials: credential(sandbox),
			});
			const poller = open();
			await poller.activate();
			const id = await createOrder(sandbox, trigger.url);
			change(id);
			await sandbox.deliveries.settled();
			const { items = [] } = await poller.poll();
			await trigger.close();
			expect(trigger.executions).toHaveLength(1);
			const [{ json: pushed }] = trigger.executions[0];
			const [{ json: polled }] = items;
			expect(polled.dedupeKey).toBe(pushed.dedupeKey);
			expect(polled.event).toBe(pushed.event);
			expect(Object.keys(polled)).toEqual(Object.keys(pushed));
			expect(Object.keys(orderOf(polled))).toEqual(Object.keys(orderOf(pushed)));
		},
	);

	it('tells only of the events and payments that were asked for', async () => {
		const poller = open({
			events: ['order.paid'],
			onlyFor: { currencies: ['USDC'], minimumAmount: '20' },
		});
		await poller.activate();
		const wanted = await createOrder(sandbox, undefined, { currency: 'USDC', network: 'ethereum' });
		const others = [
			await createOrder(sandbox),
			await createOrder(sandbox, undefined, {
				currency: 'USDC',
				network: 'ethereum',
				amount: 19.99,
			}),
		];
		sandbox.orders.expire(await createOrder(sandbox));
		for (const id of [wanted, ...others]) sandbox.orders.pay(id);
		expect(told(await poller.poll())).toEqual([`${wanted} order.paid`]);
	});

	it('tells a payment again that n8n could start nothing with', async () => {
		const poller = open({ events: ['order.paid'] });
		await poller.activate();
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		poller.storesNothing = true;
		expect(told(await poller.poll())).toEqual([]);
		poller.storesNothing = false;
		expect(told(await poller.poll())).toEqual([`${tradeId} order.paid`]);
		expect(told(await poller.poll())).toEqual([]);
	});

	it('tells a payment again of which an n8n that says nothing has made no execution', async () => {
		const poller = engine.openPoller({
			parameters: { events: ['order.paid'] },
			credentials: credential(sandbox),
			isSilent: true,
		});
		await poller.activate();
		const first = await createOrder(sandbox);
		sandbox.orders.pay(first);
		expect(told(await poller.poll())).toEqual([`${first} order.paid`]);
		const second = await createOrder(sandbox);
		sandbox.orders.pay(second);
		poller.storesNothing = true;
		for (let round = 0; round < 3; round += 1) expect(told(await poller.poll())).toEqual([]);
		poller.storesNothing = false;
		expect(told(await poller.poll())).toEqual([`${second} order.paid`]);
		expect((await poller.poll()).items).toBeUndefined();
	});

	it('says once when publishing that a minimum amount may be meant in thousands', async () => {
		const poller = open({ onlyFor: { minimumAmount: '1.000' } });
		const { logs } = await poller.activate();
		expect(logs.map(({ message }) => message)).toEqual([expect.stringContaining('1.000')]);
		expect((await poller.poll()).logs).toEqual([]);
	});

	describe('In the execution that it has started', () => {
		const found = (tradeId: string) => [{ event: 'order.paid', order: { tradeId } }];
		const execute = async (tradeId: string, identity: object) => {
			const outcome = await engine.runWorkflow(
				{
					nodes: [
						{
							id: 'poll-trigger',
							name: 'Poll',
							type: 'n8n-nodes-ponponpay.ponponPayPollTrigger',
							typeVersion: 1,
							position: [0, 0],
							parameters: { events: ['order.paid'] },
							alwaysOutputData: true,
						},
					],
					connections: {},
				},
				{ items: found(tradeId), mode: 'trigger', ...identity },
			);
			return { items: outcome.runData.Poll[0].data?.main[0], logs: outcome.logs };
		};

		it('passes a change on once, and again where a person retries that execution', async () => {
			const first = await execute('T-once', { executionId: '1001' });
			expect(first.items?.map(({ json }) => json)).toEqual(found('T-once'));
			expect((await execute('T-once', { executionId: '1002' })).items).toEqual([]);
			const token = 'token-of-1001';
			const retry = { executionId: '1003', mode: 'retry', retryOf: '1001', token };
			expect((await execute('T-once', retry)).items).toHaveLength(1);
		});

		it('passes it on where the database cannot be asked, and says so once', async () => {
			const store = jest
				.spyOn(DataDeduplicationService.getInstance(), 'checkProcessedAndRecord')
				.mockRejectedValue(new Error('the database is away'));
			const outcomes = [
				await execute('T-away', { executionId: '1004' }),
				await execute('T-away', { executionId: '1005' }),
			];
			store.mockRestore();
			expect(outcomes.map(({ items }) => items)).toEqual([
				[expect.objectContaining({ json: found('T-away')[0] })],
				[expect.objectContaining({ json: found('T-away')[0] })],
			]);
			const warnings = outcomes.flatMap(({ logs }) => logs).filter(({ level }) => level === 'warn');
			expect(warnings.map(({ message }) => message)).toEqual([
				expect.stringContaining('the database is away'),
			]);
		});
	});

	it('tells a payment once although two versions of its workflow are polled', async () => {
		const former = open({ events: ['order.paid'] });
		await former.activate();
		const later = engine.openPoller({
			parameters: { events: ['order.paid'] },
			credentials: credential(sandbox),
			staticData: former.staticData,
		});
		await later.activate();
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		expect(told(await former.poll())).toEqual([`${tradeId} order.paid`]);
		expect(told(await later.poll())).toEqual([]);
	});

	type Body = { code: number; data?: unknown; message?: string };
	/** The sandbox, but for what becomes of some answers. */
	const altered = async (alter: (path: string, answer: Body) => Body) =>
		await startServer((request, response) => {
			const { path, headers, body } = request;
			const key = { 'X-API-Key': String(headers['x-api-key']), 'Content-Type': 'application/json' };
			void fetch(`${sandbox.url}${path}`, { method: 'POST', headers: key, body })
				.then(async (answer) => (await answer.json()) as Body)
				.then((answer) => jsonAnswer(alter(path, answer))(request, response));
		});

	it.each([
		['names nobody', { code: 0, data: { name: 'A shop' } }],
		['is not offered', { code: 404, message: 'route not found' }],
	])('goes on with the same account where the merchant answer %s', async (_what, strange) => {
		const poller = open({ events: ['order.paid'] });
		await poller.activate();
		const server = await altered((path, answer) =>
			path.endsWith('/merchant/detail') ? strange : answer,
		);
		const { staticData } = poller;
		const credentials = credential({ url: server.url, apiKey: sandbox.apiKey });
		const parameters = { events: ['order.paid'] };
		const beside = engine.openPoller({ parameters, credentials, staticData });
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		expect(told(await beside.activate())).toEqual([`${tradeId} order.paid`]);
		await server.close();
	});

	it('says once that it does not know a status, and watches the order on', async () => {
		let isStrange = true;
		const server = await altered((path, answer) => {
			if (!isStrange || !path.endsWith('/order/list')) return answer;
			return JSON.parse(JSON.stringify(answer).replace(/"status":\d/g, '"status":99')) as Body;
		});
		const credentials = credential({ url: server.url, apiKey: sandbox.apiKey });
		const poller = engine.openPoller({ parameters: { events: ['order.paid'] }, credentials });
		await poller.activate();
		const tradeId = await createOrder(sandbox);
		sandbox.orders.pay(tradeId);
		const looks = [await poller.poll(), await poller.poll()];
		const logs = looks.flatMap((look) => look.logs.map(({ message }) => message));
		expect(logs).toEqual([expect.stringContaining(`gives order ${tradeId} the status 99`)]);
		isStrange = false;
		expect(told(await poller.poll())).toEqual([`${tradeId} order.paid`]);
		await server.close();
	});

	it('tells the payment beside an order whose number was cut in the middle of a character', async () => {
		let cut = '';
		const server = await altered((path, answer) => {
			if (cut === '' || !path.endsWith('/order/list')) return answer;
			const text = JSON.stringify(answer).replaceAll(JSON.stringify(cut), '"shop-\\ud800"');
			return JSON.parse(text) as Body;
		});
		const credentials = credential({ url: server.url, apiKey: sandbox.apiKey });
		const poller = engine.openPoller({ parameters: { events: ['order.paid'] }, credentials });
		await poller.activate();
		const odd = await createOrder(sandbox);
		const good = await createOrder(sandbox);
		for (const id of [odd, good]) sandbox.orders.pay(id);
		cut = String(sandbox.orders.get(odd).merchantOrderId);
		expect(told(await poller.poll())).toEqual([`${odd} order.paid`, `${good} order.paid`]);
		await server.close();
	});

	it('refuses a minimum amount that is none, when the workflow is published', async () => {
		const { error } = await open({ onlyFor: { minimumAmount: 'ten' } }).activate();
		expect(error?.message).toMatch(/^Minimum Amount must be a number/);
	});

	describe('When the workflow is published for the first time', () => {
		it('starts from now, but knows the orders that are open', async () => {
			const paid = await createOrder(sandbox);
			const waiting = await createOrder(sandbox);
			sandbox.orders.pay(paid);
			const poller = open();
			expect(told(await poller.activate())).toEqual([]);
			sandbox.orders.pay(waiting);
			expect(told(await poller.poll())).toEqual([`${waiting} order.paid`]);
		});

		it('also tells of the orders of the last hours, if asked to, oldest first', async () => {
			const ids = [];
			for (let index = 0; index < 3; index += 1) {
				ids.push(await createOrder(sandbox));
				sandbox.orders.pay(ids[index]);
			}
			const poller = open({ events: ['order.paid'], options: { lookBackHours: 1 } });
			expect(told(await poller.activate())).toEqual(ids.map((id) => `${id} order.paid`));
			expect((await poller.poll()).items).toBeUndefined();
		});
	});

	describe('After a restart of n8n', () => {
		it('tells what happened meanwhile, and nothing twice', async () => {
			const poller = open();
			await poller.activate();
			const before = await createOrder(sandbox);
			const open1 = await createOrder(sandbox);
			sandbox.orders.pay(before);
			await poller.poll();
			const meanwhile = await createOrder(sandbox);
			sandbox.orders.pay(open1);
			sandbox.orders.pay(meanwhile);

			const again = restarted(poller);
			expect(told(await again.activate('init'))).toEqual([
				`${open1} order.paid`,
				`${meanwhile} order.paid`,
			]);
			expect((await again.poll()).items).toBeUndefined();
		});

		it('loses nothing of what polls without a change had seen, though n8n did not save it', async () => {
			const poller = open({ events: ['order.paid'] });
			await poller.activate();
			const saved = poller.staticData;
			const first = await createOrder(sandbox);
			expect((await poller.poll()).items).toBeUndefined();
			expect(poller.staticData).toEqual(saved);

			const second = restarted(poller, { events: ['order.paid'] });
			await second.activate('init');
			sandbox.orders.pay(first);
			expect(told(await second.poll())).toEqual([`${first} order.paid`]);
			const third = restarted(second, { events: ['order.paid'] });
			expect(told(await third.activate('init'))).toEqual([]);
		});

		it('tells what n8n was killed over: its memory was saved, its execution was not stored', async () => {
			const parameters = { events: ['order.paid'] };
			const poller = open(parameters);
			await poller.activate();
			const tradeId = await createOrder(sandbox);
			sandbox.orders.pay(tradeId);
			poller.storesNothing = true;
			expect(told(await poller.poll())).toEqual([]);

			const again = restarted(poller, parameters);
			expect(told(await again.activate('init'))).toEqual([`${tradeId} order.paid`]);
			expect((await again.poll()).items).toBeUndefined();
			// What was found once more is known to have been told.
			const thrice = restarted(again, parameters);
			expect(told(await thrice.activate('init'))).toEqual([]);
			// Publishing anew in the same process is no restart.
			expect((await thrice.activate('update')).items).toBeUndefined();
		});
	});

	describe('What was remembered is not used', () => {
		it('for another account', async () => {
			const poller = open();
			await poller.activate();
			await createOrder(sandbox);
			await poller.poll();
			const { apiKey } = SECOND_SHOP;
			sandbox.orders.pay(await createOrder({ url: sandbox.url, apiKey }));
			poller.edit({ credentials: credential(sandbox, { apiKey }) });
			expect(told(await poller.activate())).toEqual([]);
			const id = await createOrder({ url: sandbox.url, apiKey });
			expect(told(await poller.poll())).toEqual([`${id} order.pending`]);
		});

		it('but it is for another key of the same account', async () => {
			const poller = open();
			await poller.activate();
			const apiKey = sandbox.keys.rotateApiKey();
			const id = await createOrder({ url: sandbox.url, apiKey });
			poller.edit({ credentials: credential(sandbox, { apiKey }) });
			expect(told(await poller.activate())).toEqual([`${id} order.pending`]);
		});

		it('by a copy of the workflow', async () => {
			const poller = open();
			await poller.activate();
			await createOrder(sandbox);
			const copy = engine.openPoller({
				parameters: { events: ['*'] },
				credentials: credential(sandbox),
				staticData: poller.staticData,
				workflowId: 'aCopyOfIt',
			});
			expect((await copy.activate()).items).toBeUndefined();
		});

		it('if it is not ours', async () => {
			const poller = engine.openPoller({
				parameters: { events: ['*'] },
				credentials: credential(sandbox),
				staticData: { 'node:PonponPay Poll Trigger': { poll: '{"watch":' } },
			});
			expect((await poller.activate()).error).toBeUndefined();
		});
	});

	it('asks for what matters: from the oldest open order on, whatever else there is', async () => {
		const settled = await createOrder(sandbox);
		sandbox.orders.pay(settled);
		await sandbox.clock.advance(3 * 3600);
		sandbox.settings.clockOffset = 3 * 3600;
		const poller = open({ events: ['order.paid'] });
		await poller.activate();
		await createOrder(sandbox);
		await poller.poll();
		sandbox.requests.clear();
		await poller.poll();
		const asked = sandbox.requests.all('/order/list').map(({ body }) => JSON.parse(String(body)));
		expect(asked).toEqual([expect.objectContaining({ start_time: expect.any(Number), page: 1 })]);
		expect(asked[0].start_time).toBeGreaterThan(sandbox.clock.now() - 3600);
		expect(sandbox.requests.count()).toBe(1);
	});

	it.each(['number', 'word'] as const)(
		'sees that an order was paid hours after it expired, where lists tell the status as a %s',
		async (statusAs) => {
			const poller = open({ events: ['order.paid'] });
			await poller.activate();
			sandbox.settings.statusAs = statusAs;
			const late = await createOrder(sandbox);
			sandbox.orders.expire(late);
			await poller.poll();
			// Newer orders move the look on; from then on the late one is looked for on its own.
			await sandbox.clock.advance(3 * 3600);
			sandbox.settings.clockOffset = 3 * 3600;
			const newer = await createOrder(sandbox);
			sandbox.orders.pay(newer);
			expect(told(await poller.poll())).toEqual([`${newer} order.paid`]);
			sandbox.orders.creditByHand(late);
			expect((await poller.poll()).items).toBeUndefined();

			const now = Date.now();
			const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 3 * 3600_000);
			const { items = [] } = await poller.poll();
			clock.mockRestore();
			expect(items.map(({ json }) => orderOf(json).tradeId)).toEqual([late]);
		},
	);

	it('does not start a second look while one is under way', async () => {
		const poller = open();
		await poller.activate();
		const id = await createOrder(sandbox);
		const outcomes = await Promise.all([poller.poll(), poller.poll(), poller.poll()]);
		expect(outcomes.flatMap(told)).toEqual([`${id} order.pending`]);
		expect(told(await poller.poll())).toEqual([]);
	});

	it('keeps a change for the next poll when PonponPay cannot be asked', async () => {
		const poller = open();
		await poller.activate();
		const id = await createOrder(sandbox);
		sandbox.faults.always('/order/list', { kind: 'status', status: 403, when: 'before' });
		expect((await poller.poll()).error?.message).toBe(
			'PonponPay does not offer /api/v1/pay/order/list to this API key',
		);
		sandbox.faults.clear();
		expect(told(await poller.poll())).toEqual([`${id} order.pending`]);
	});

	it('says at once, and only that, where PonponPay offers no list of orders', async () => {
		sandbox.faults.unpublish('/order/list');
		const { error } = await open().activate();
		expect(error?.message).toBe(
			'PonponPay does not offer /api/v1/pay/order/list on this account or host',
		);
		expect(JSON.stringify(error)).not.toContain(sandbox.apiKey);
	});

	describe('Executed by hand', () => {
		it('shows the newest order that fits, and remembers nothing', async () => {
			const paid = await createOrder(sandbox);
			sandbox.orders.pay(paid);
			await createOrder(sandbox);
			const poller = open({ events: ['order.paid'], options: { includeRaw: true } });
			const outcome = await poller.test();
			expect(told(outcome)).toEqual([`${paid} order.paid`]);
			expect(outcome.items?.[0].json.raw).toMatchObject({ trade_id: paid, status: 2 });
			expect(told(await poller.test())).toEqual([`${paid} order.paid`]);
			expect(poller.staticData).toEqual({});
		});

		it('shows the newest order where none fits', async () => {
			const id = await createOrder(sandbox);
			expect(told(await open({ events: ['order.paid'] }).test())).toEqual([`${id} order.pending`]);
		});

		it('says what to do where there is no order yet', async () => {
			expect((await open().test()).error?.message).toBe('There is no order to show yet');
		});
	});
});
