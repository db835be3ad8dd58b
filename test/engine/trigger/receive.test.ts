import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { SERVES_MS } from '../../../nodes/shared/n8n/recentCredential';
import { signDelivery } from '../../../nodes/shared/signature/signDelivery';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { unreachableUrl } from '../harness/server.mts';
import type { Trigger, TriggerSetup } from '../harness/trigger.mts';
import { createOrder, credential, manual, openTrigger, signed } from './support.mts';

const paidBody = (changes: object = {}) =>
	JSON.stringify({
		order_no: 'shop-1',
		trade_id: 'T1',
		status: 2,
		amount: 25.0001,
		currency: 'USDT',
		network: 'Tron',
		...changes,
	});

const nonce = 'nonce0123456789012345';
const nowSeconds = () => Math.floor(Date.now() / 1000);

describe('A callback of PonponPay', () => {
	let sandbox: Sandbox;
	let trigger: Trigger;

	beforeEach(
		async () => (sandbox = await startSandbox({ merchant: { webhookSecret: 'whsec_1' } })),
	);
	afterEach(async () => {
		await trigger.close();
		await sandbox.close();
	});

	const pay = async (tradeId: string) => {
		sandbox.orders.pay(tradeId);
		await sandbox.deliveries.settled();
		return sandbox.deliveries.all(tradeId);
	};

	it.each([
		['the webhook secret', { A: true, B: false, C: false }, { webhookSecret: 'whsec_1' }],
		['the API key', { A: true, B: true, C: true }, {}],
		['Ed25519', { A: true, B: true, C: true }, { merchantId: 'M100001' }],
	])('signed with %s starts the workflow with the order', async (_how, signatures, typed) => {
		Object.assign(sandbox.settings, { signatures });
		trigger = await openTrigger({
			parameters: manual(),
			credentials: credential(sandbox, typed),
		});
		const tradeId = await createOrder(sandbox, trigger.url, { mch_order_id: 'shop-7' });
		const [delivery] = await pay(tradeId);
		expect(delivery.attempts).toMatchObject([{ status: 200, answer: 'OK' }]);
		const order = sandbox.orders.get(tradeId);
		expect(trigger.executions).toHaveLength(1);
		expect(trigger.executions[0]).toHaveLength(1);
		expect(trigger.executions[0][0].json).toMatchObject({
			event: 'order.paid',
			eventId: delivery.eventId,
			receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			order: {
				tradeId,
				merchantOrderId: 'shop-7',
				status: 'paid',
				statusCode: 2,
				isPaid: true,
				amount: '25',
				actualAmount: order.actualAmount,
				fiatAmount: '25',
				currency: 'USDT',
				network: 'tron',
				transactionHash: order.transactionHash,
				explorerUrl: `https://tronscan.org/#/transaction/${order.transactionHash}`,
			},
		});
		expect(trigger.executions[0][0].json).not.toHaveProperty('raw');
	});

	it('in the event envelope gives the same item', async () => {
		sandbox.settings.callbackShape = 'envelope';
		trigger = await openTrigger({ parameters: manual(), credentials: credential(sandbox) });
		const tradeId = await createOrder(sandbox, trigger.url);
		const [{ eventId }] = await pay(tradeId);
		expect(trigger.executions).toMatchObject([
			[{ json: { event: 'order.paid', eventId, order: { tradeId, isPaid: true } } }],
		]);
	});

	it('is added as it came when asked for', async () => {
		trigger = await openTrigger({
			parameters: manual({ options: { includeRaw: true } }),
			credentials: credential(sandbox),
		});
		const tradeId = await createOrder(sandbox, trigger.url);
		const [{ body }] = await pay(tradeId);
		expect(trigger.executions[0][0].json.raw).toEqual(JSON.parse(body));
	});

	it('is accepted and dropped when its event was not asked for', async () => {
		trigger = await openTrigger({
			parameters: manual({ events: ['order.expired'] }),
			credentials: credential(sandbox),
		});
		const tradeId = await createOrder(sandbox, trigger.url);
		const [delivery] = await pay(tradeId);
		expect(delivery.attempts).toMatchObject([{ status: 200, answer: 'OK' }]);
		expect(trigger.executions).toEqual([]);
	});

	it('of every kind starts the workflow under the name of its event', async () => {
		trigger = await openTrigger({
			parameters: manual({ events: ['*'] }),
			credentials: credential(sandbox),
		});
		sandbox.settings.announceCreation = true;
		const { orders, deliveries } = sandbox;
		const create = async () => await createOrder(sandbox, trigger.url);
		const act: Array<(id: string) => unknown> = [
			(id) => orders.confirming(id),
			(id) => orders.creditByHand(id),
			(id) => orders.markPaid(id),
			(id) => orders.expire(id),
			(id) => orders.cancel(id),
		];
		for (const change of act) {
			change(await create());
			await deliveries.settled();
		}
		const events = trigger.executions
			.map(([{ json }]) => {
				const { status, isPaid } = json.order as IDataObject;
				return [json.event, status, isPaid];
			})
			.sort((one, other) => String(one).localeCompare(String(other)));
		const pending = ['order.pending', 'pending', false];
		expect(events).toEqual([
			['order.cancelled', 'cancelled', false],
			['order.confirming', 'confirming', false],
			['order.expired', 'expired', false],
			['order.paid', 'admin_paid', true],
			['order.paid', 'manual', true],
			...Array<unknown>(5).fill(pending),
		]);
	});

	it.each([
		['its currency', { currencies: ['USDC'] }, 0],
		['its currency', { currencies: ['USDC', 'USDT'] }, 1],
		['its network', { networks: ['solana'] }, 0],
		['its network', { networks: ['tron'] }, 1],
		['its amount', { minimumAmount: '25.01' }, 0],
		['its amount', { minimumAmount: '25' }, 1],
	])('is dropped or not by %s', async (_what, onlyFor, executions) => {
		trigger = await openTrigger({
			parameters: manual({ onlyFor }),
			credentials: credential(sandbox),
		});
		const tradeId = await createOrder(sandbox, trigger.url);
		const [delivery] = await pay(tradeId);
		expect(delivery.attempts).toMatchObject([{ status: 200 }]);
		expect(trigger.executions).toHaveLength(executions);
	});

	it('meant for production is refused by a credential for the sandbox', async () => {
		const merchantId = sandbox.merchantId;
		trigger = await openTrigger({
			parameters: manual(),
			credentials: credential(sandbox, { merchantId, apiKey: sandbox.sandboxApiKey }),
		});
		const [delivery] = await pay(await createOrder(sandbox, trigger.url));
		expect(delivery.attempts).toMatchObject([{ status: 401 }]);
		expect(trigger.logs).toMatchObject([{ message: expect.stringContaining('environment') }]);
	});

	it('signed with a new key of PonponPay is accepted once the key set has it', async () => {
		const merchantId = sandbox.merchantId;
		trigger = await openTrigger({
			parameters: manual(),
			credentials: credential(sandbox, { merchantId }),
		});
		sandbox.keys.rotateSigningKey();
		const [delivery] = await pay(await createOrder(sandbox, trigger.url));
		expect(delivery.attempts).toMatchObject([{ status: 200 }]);
	});
});

describe('What is no callback of PonponPay', () => {
	const apiKey = ['sk', 'live', '0123456789abcdef'].join('_');
	const secret = ['whsec', '5f1b'].join('_');
	let trigger: Trigger;
	let url: string;

	beforeAll(async () => (url = await unreachableUrl()));
	beforeEach(async () => {
		trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url, apiKey }, { webhookSecret: secret }),
		});
	});
	afterEach(async () => {
		expect(trigger.executions).toEqual([]);
		expect(trigger.crashes).toEqual([]);
		await trigger.close();
	});

	const sign = (body: string, ageSeconds = 0): Record<string, string> =>
		signed(apiKey, body, ageSeconds).headers;

	const refusedWith = async (delivery: object, status: number, words: string) => {
		const outcome = await trigger.deliver(delivery);
		expect(outcome.status).toBe(status);
		expect(outcome.logs).toHaveLength(1);
		expect(outcome.logs[0].level).toBe('warn');
		expect(outcome.logs[0].message).toContain(words);
		const said = outcome.body + JSON.stringify(outcome.logs);
		for (const hidden of [apiKey, secret, 'shop-1']) expect(said).not.toContain(hidden);
	};

	it('is refused with 401 when nothing is signed', async () => {
		await refusedWith({ body: paidBody() }, 401, 'no signature');
	});

	it('is refused with 401 when the signature is wrong', async () => {
		const headers = sign(paidBody());
		await refusedWith({ body: paidBody({ amount: 1 }), headers }, 401, 'does not fit');
	});

	it('is refused with 401 when only white space changed on the way', async () => {
		const headers = sign(paidBody());
		await refusedWith({ body: `${paidBody()}\n`, headers }, 401, 'does not fit');
	});

	it('is refused with 401 when a header is doubled', async () => {
		const headers: Record<string, unknown> = sign(paidBody());
		headers['X-Signature'] = [headers['X-Signature'], headers['X-Signature']];
		await refusedWith({ body: paidBody(), headers }, 401, 'X-Signature');
	});

	it('is refused with 401 when it is stale, and the log says by how much', async () => {
		const headers = sign(paidBody(), 4000);
		await refusedWith({ body: paidBody(), headers }, 401, 'seconds behind');
	});

	it('is refused with 401 beside a good secret signature that does not count', async () => {
		const body = paidBody();
		const moment = { timestamp: nowSeconds(), nonce };
		const signature = signDelivery(Buffer.from(body), { secret }, moment);
		const headers = { ...signature, 'X-Nonce': 'x' };
		await refusedWith({ body, headers }, 401, 'X-Key-Prefix');
	});

	it.each([
		'{"status":',
		'null',
		'[]',
		'"paid"',
		'{}',
		'{"status":"unheard of"}',
		'{"type":"order.paid"}',
	])('is refused with 400 when it is signed but no event: %s', async (body) => {
		const headers = { ...sign(body), 'Content-Type': 'text/plain' };
		await refusedWith({ body, headers }, 400, 'no event');
	});

	it('is refused with 400 when it is signed but not UTF-8', async () => {
		const body = Buffer.concat([Buffer.from(paidBody().slice(0, -1)), Buffer.from([0xff, 0x7d])]);
		const moment = { timestamp: nowSeconds(), nonce };
		const headers = {
			...signDelivery(body, { apiKey }, moment),
			'Content-Type': 'text/plain',
		};
		await refusedWith({ body, headers }, 400, 'no event');
	});

	it('is refused with 503 while the public keys cannot be fetched', async () => {
		trigger.edit({ credentials: credential({ url, apiKey }, { merchantId: 'M1' }) });
		const headers = {
			'X-Webhook-Signature-Version': 'v2',
			'X-Webhook-Key-Id': 'key-1',
			'X-Timestamp': String(nowSeconds()),
			'X-Nonce': nonce,
			'X-Webhook-Merchant-Id': 'M1',
			'X-Webhook-Environment': 'production',
			'X-Webhook-Signature-V2': Buffer.alloc(64).toString('base64url'),
		};
		await refusedWith({ body: paidBody(), headers }, 503, 'could not be fetched');
	});

	it('is refused with 503, and starts nothing, when the credential is incomplete', async () => {
		trigger.edit({ credentials: credential({ url, apiKey: '' }) });
		await refusedWith({ body: paidBody(), headers: sign(paidBody()) }, 503, 'incomplete');
	});
});

describe('A key that was changed in the credential', () => {
	const keys = ['1a2b3c4d5e6f7081', '8f7e6d5c4b3a2910'].map((end) => ['sk', 'live', end].join('_'));

	afterEach(() => jest.restoreAllMocks());

	it('counts five seconds later, and the old one no more', async () => {
		const url = await unreachableUrl();
		const [before, after] = keys;
		const trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url, apiKey: before }),
		});
		const deliver = async (apiKey: string, id: string) =>
			(await trigger.deliver(signed(apiKey, paidBody({ event_id: id, trade_id: id })))).status;
		expect(await deliver(before, 'evt-1')).toBe(200);

		trigger.editCredential(credential({ url, apiKey: after }));
		const later = Date.now() + SERVES_MS;
		jest.spyOn(Date, 'now').mockImplementation(() => later);
		expect(await deliver(after, 'evt-2')).toBe(200);
		expect(await deliver(before, 'evt-3')).toBe(401);
		expect(trigger.executions).toHaveLength(2);
		await trigger.close();
	});

	it('counts at once where it is another credential, or the first was incomplete', async () => {
		const url = await unreachableUrl();
		const [before, after] = keys;
		const trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url, apiKey: '' }),
		});
		const deliver = async (apiKey: string, id: string) =>
			(await trigger.deliver(signed(apiKey, paidBody({ event_id: id })))).status;
		expect(await deliver(before, 'evt-1')).toBe(503);
		trigger.editCredential(credential({ url, apiKey: before }));
		expect(await deliver(before, 'evt-1')).toBe(200);
		trigger.edit({ credentials: credential({ url, apiKey: after }) });
		expect(await deliver(before, 'evt-2')).toBe(401);
		expect(await deliver(after, 'evt-2')).toBe(200);
		await trigger.close();
	});
});

describe('A delivery that comes again byte for byte', () => {
	const apiKey = ['sk', 'live', 'fedcba9876543210'].join('_');
	let trigger: Trigger;

	const open = async (setup: TriggerSetup = {}, options: INodeParameters = {}) => {
		trigger = await openTrigger({
			parameters: manual({ options }),
			credentials: credential({ url: await unreachableUrl(), apiKey }),
			...setup,
		});
	};
	afterEach(async () => await trigger.close());

	it.each(['skip', 'emit'])(
		'is answered like the first, and starts nothing more (duplicates: %s)',
		async (duplicates) => {
			await open({}, { duplicates });
			const delivery = signed(apiKey, paidBody());
			const answers = [];
			for (let times = 0; times < 3; times += 1) {
				const { status, body } = await trigger.deliver(delivery);
				answers.push([status, body]);
			}
			expect(answers).toEqual(Array(3).fill([200, 'OK']));
			expect(trigger.executions).toHaveLength(1);
		},
	);

	it('is answered like the first also when the first started nothing', async () => {
		await open({ parameters: manual({ events: ['order.expired'] }) });
		const delivery = signed(apiKey, paidBody());
		const statuses = [(await trigger.deliver(delivery)).status];
		statuses.push((await trigger.deliver(delivery)).status);
		expect(statuses).toEqual([200, 200]);
	});

	it('waits for the first while that is under way', async () => {
		let finish = () => {};
		const finished = new Promise<void>((resolve) => (finish = resolve));
		let start = () => {};
		const started = new Promise<void>((resolve) => (start = resolve));
		await open(
			{
				onExecution: async () => {
					start();
					await finished;
				},
			},
			{ respond: 'lastNode' },
		);
		const delivery = signed(apiKey, paidBody());
		const first = trigger.deliver(delivery);
		await started;
		const second = trigger.deliver(delivery);
		finish();
		expect([(await first).status, (await second).status]).toEqual([200, 200]);
		expect(trigger.executions).toHaveLength(1);
	});

	it('is refused with 409 when its nonce is used with another body', async () => {
		await open();
		const text = paidBody();
		const other = paidBody({ trade_id: 'T2' });
		const moment = { timestamp: nowSeconds(), nonce };
		const statuses = [];
		for (const body of [text, other, text]) {
			const headers = signDelivery(Buffer.from(body), { apiKey }, moment);
			statuses.push((await trigger.deliver({ body, headers })).status);
		}
		expect(statuses).toEqual([200, 409, 200]);
		expect(trigger.executions).toHaveLength(1);
	});
});

describe('A refusal', () => {
	it('says in its body what a merchant needs to know, and no secret', async () => {
		const apiKey = ['sk', 'live', 'fedcba9876543210'].join('_');
		const trigger = await openTrigger({
			parameters: manual(),
			credentials: credential({ url: await unreachableUrl(), apiKey }),
		});
		const said = async (delivery: Parameters<Trigger['deliver']>[0]) =>
			JSON.parse((await trigger.deliver(delivery)).body) as IDataObject;
		expect(await said(signed(apiKey, { type: 'order.paid', data: {} }))).toEqual({
			code: 'aboutNothing',
			message: 'Refused: it is signed, but names no order, refund or dispute.',
			field: 'trade_id',
		});
		const { body, headers } = signed(apiKey, paidBody());
		expect(await said({ body, headers: { ...headers, 'X-Nonce': 'x' } })).toMatchObject({
			code: 'badHeader',
			field: 'X-Nonce',
		});
		expect(await said({ body })).toMatchObject({ code: 'notSigned', field: null });
		expect(trigger.executions).toEqual([]);
		await trigger.close();
	});
});
