import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import { PonponPay } from '../../../nodes/PonponPay/PonponPay.node';
import { PonponPayTrigger } from '../../../nodes/PonponPayTrigger/PonponPayTrigger.node';
import { EVENTS } from '../../../nodes/shared/model/event';
import { signDelivery, type SigningKeys } from '../../../nodes/shared/signature/signDelivery';
import { startSandbox } from '../../sandbox/sandbox.mts';
import { createEngine, type Engine } from '../harness/engine.mts';
import type { ExecutionIdentity } from '../harness/run.mts';
import { jsonAnswer, startServer, unreachableUrl } from '../harness/server.mts';
import type { Trigger } from '../harness/trigger.mts';
import { credential, manual } from '../trigger/support.mts';
import { API_KEY } from './support.mts';

const engine = createEngine({
	nodes: [new PonponPay(), new PonponPayTrigger()],
	credentialTypes: [new PonponPayApi()],
});
const TRIGGER_TYPE = 'n8n-nodes-ponponpay.ponponPayTrigger';
const SHARED = 'whsec_of_the_shop';
/** Nobody answers there; checking and sending samples asks PonponPay nothing. */
const SHOP = { url: 'http://127.0.0.1:9', apiKey: API_KEY };

describe('Webhook: Verify', () => {
	const BODY = JSON.stringify({
		order_no: 'shop-1',
		trade_id: 'T1',
		status: 2,
		amount: 25.0001,
		currency: 'USDT',
		network: 'Tron',
		hash: 'ab'.repeat(32),
		environment: 'sandbox',
		event_id: 'evt_1',
	});

	let deliveries = 0;
	const signed = (
		body: string,
		secondsAgo = 0,
		keys: SigningKeys = { apiKey: API_KEY },
	): IDataObject =>
		lowerCase(
			signDelivery(Buffer.from(body), keys, {
				timestamp: Math.floor(Date.now() / 1000) - secondsAgo,
				nonce: `nonce${String((deliveries += 1)).padStart(20, '0')}`,
			}),
		);
	/** As every HTTP server gives them. */
	const lowerCase = (headers: Record<string, string>): IDataObject =>
		Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

	/** What n8n's Webhook node puts out with "Raw Body" switched on. */
	const webhookItem = (body: string, headers: IDataObject): INodeExecutionData => ({
		json: { headers, params: {}, query: {}, body: {} },
		binary: { data: { data: Buffer.from(body).toString('base64'), mimeType: 'application/json' } },
	});

	const verify = async (
		items: INodeExecutionData[],
		{
			typed = {},
			identity = {},
			loaded = engine,
			...parameters
		}: Record<string, unknown> & {
			typed?: Record<string, string>;
			identity?: ExecutionIdentity;
			loaded?: Engine;
		} = {},
	) => {
		const outcome = await loaded.runNode({
			parameters: {
				resource: 'webhook',
				operation: 'verify',
				headers: '={{ $json.headers }}',
				...(parameters as INodeParameters),
			},
			items,
			credentials: credential(SHOP, typed),
			workflowId: `verify-${deliveries}`,
			...identity,
		});
		return outcome;
	};

	it('says that a callback of PonponPay is genuine, and what it tells', async () => {
		const { json, pairedWith } = await verify([webhookItem(BODY, signed(BODY))]);
		expect(pairedWith).toEqual([0]);
		expect(json).toEqual([
			{
				isValid: true,
				reason: null,
				message: null,
				statusCode: 200,
				scheme: 'apiKey',
				event: 'order.paid',
				eventId: 'evt_1',
				dedupeKey: 'sandbox:order:shop-1:order.paid',
				order: expect.objectContaining({ merchantOrderId: 'shop-1', isPaid: true }),
				refund: null,
				dispute: null,
			},
		]);
	});

	it.each([
		['pay', 'order.paid'],
		['expire', 'order.expired'],
	] as const)(
		'asks PonponPay, as the trigger does, where type and status disagree (%s)',
		async (change, event) => {
			const sandbox = await startSandbox();
			const { tradeId } = sandbox.orders.add('shop-1');
			sandbox.orders[change](tradeId);
			const body = JSON.stringify({ type: 'order.paid', data: { trade_id: tradeId, status: 3 } });
			const { apiKey, url } = sandbox;
			const { json } = await verify([webhookItem(body, signed(body, 0, { apiKey }))], {
				typed: { customUrl: url, apiKey },
			});
			expect(json).toMatchObject([{ isValid: true, event, order: { tradeId } }]);
			await sandbox.close();
		},
	);

	it('says that a contradiction cannot be settled now where PonponPay cannot be asked', async () => {
		const body = JSON.stringify({ type: 'order.paid', data: { trade_id: 'T1', status: 3 } });
		const { json } = await verify([webhookItem(body, signed(body))]);
		expect(json).toMatchObject([{ isValid: false, reason: 'cannotConfirm', statusCode: 503 }]);
	});

	it.each([
		['text', (body: string) => body],
		['base64', (body: string) => Buffer.from(body).toString('base64')],
		['base64', (body: string) => Buffer.from(body).toString('base64').replace(/=+$/, '')],
	])('takes the body as %s too', async (bodySource, write) => {
		const item = { json: { headers: signed(BODY), raw: write(BODY) } };
		const { json } = await verify([item], { bodySource, body: '={{ $json.raw }}' });
		expect(json[0]).toMatchObject({ isValid: true, eventId: 'evt_1' });
	});

	it('checks the webhook secret and Ed25519 too', async () => {
		const sandbox = await startSandbox({ merchant: { webhookSecret: SHARED } });
		const received: INodeExecutionData[] = [];
		const receiver = await startServer((request, response) => {
			received.push(webhookItem(request.body, { ...request.headers } as IDataObject));
			response.end();
		});
		sandbox.settings.signatures.B = false;
		const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/order/add`, {
			method: 'POST',
			headers: { 'X-API-Key': sandbox.apiKey },
			body: JSON.stringify({
				currency: 'USDT',
				network: 'tron',
				amount: 5,
				notify_url: receiver.url,
			}),
		});
		const { data } = (await answer.json()) as { data: { trade_id: string } };
		sandbox.orders.pay(data.trade_id);
		await sandbox.deliveries.settled();
		const run = async (typed: Record<string, string>, signature = 'auto') => {
			const { json } = await engine.runNode({
				parameters: {
					resource: 'webhook',
					operation: 'verify',
					headers: '={{ $json.headers }}',
					options: { signature },
				},
				items: received,
				credentials: credential(sandbox, typed),
			});
			return json[0];
		};
		const bySecret = await run({ webhookSecret: SHARED }, 'secret');
		const byKey = await run({ merchantId: sandbox.merchantId });
		const byOtherMerchant = await run({ merchantId: 'M999999' });
		await receiver.close();
		await sandbox.close();
		expect(bySecret).toMatchObject({ isValid: true, scheme: 'secret', event: 'order.paid' });
		expect(byKey).toMatchObject({ isValid: true, scheme: 'ed25519', event: 'order.paid' });
		expect(byOtherMerchant).toMatchObject({ isValid: false, reason: 'wrongMerchant', order: null });
	});

	it.each([
		['a forged body', BODY.replace('25.0001', '99999'), () => signed(BODY), 'wrongSignature', 401],
		['no signature', BODY, () => ({}), 'notSigned', 401],
		['an old signature', BODY, () => signed(BODY, 301), 'stale', 401],
		['the other environment', BODY.replace('sandbox', 'production'), null, 'wrongEnvironment', 401],
		['a body that is no event', '[]', null, 'notAnEvent', 400],
		['an empty body', '', null, 'notAnEvent', 400],
	] as const)(
		'gives out nothing of a callback with %s, and the reason',
		async (_what, body, headers, reason, statusCode) => {
			const { json, error } = await verify([
				webhookItem(body, (headers ?? (() => signed(body)))()),
			]);
			expect(error).toBeUndefined();
			expect(json).toHaveLength(1);
			expect(json[0]).toMatchObject({ isValid: false, reason, statusCode });
			expect(json[0].message).toMatch(/^The callback must not be trusted: \S/);
			const told = ['event', 'eventId', 'dedupeKey', 'order', 'refund', 'dispute'];
			expect(told.map((name) => json[0][name])).toEqual(told.map(() => null));
			expect(JSON.stringify(json)).not.toContain('shop-1');
			expect(JSON.stringify(json)).not.toContain(API_KEY);
		},
	);

	it('tells what has rewritten the body, where the signature shows it', async () => {
		const indented = JSON.stringify(JSON.parse(BODY), undefined, 2);
		const { json } = await verify([webhookItem(indented, signed(BODY))]);
		expect(json[0]).toMatchObject({ isValid: false, reason: 'wrongSignature', order: null });
		expect(json[0].message).toMatch(
			/the signature does not fit the body\. .*\. The signature fits the same JSON written differently: /,
		);
	});

	it('insists on one signature where the user does', async () => {
		const headers = signed(BODY, 0, { apiKey: API_KEY, secret: SHARED });
		const { json } = await verify([webhookItem(BODY, headers)], {
			typed: { webhookSecret: 'another' },
			options: { signature: 'secret' },
		});
		expect(json[0]).toMatchObject({ isValid: false, reason: 'wrongSignature', scheme: 'secret' });
	});

	describe('a delivery that comes again', () => {
		it('unchanged is refused: in the same execution, and in the next', async () => {
			const item = webhookItem(BODY, signed(BODY));
			const identity = { workflowId: 'replay-1' };
			const { json } = await verify([item, item], { identity, options: { concurrency: 1 } });
			expect(json.map(({ isValid, reason }) => [isValid, reason])).toEqual([
				[true, null],
				[false, 'replayed'],
			]);
			const again = await verify([item], { identity });
			expect(again.json[0]).toMatchObject({ isValid: false, reason: 'replayed', statusCode: 409 });
		});

		it('is accepted by another workflow, and when n8n tries the same item again', async () => {
			const item = webhookItem(BODY, signed(BODY));
			const first = { workflowId: 'replay-2', executionId: '4711' };
			for (const identity of [first, first, { ...first, workflowId: 'replay-3' }]) {
				expect((await verify([item], { identity })).json[0]).toMatchObject({ isValid: true });
			}
		});

		it('is refused by another process of n8n, too, and accepted when n8n tries the same item again there', async () => {
			const item = webhookItem(BODY, signed(BODY));
			const identity = { workflowId: 'replay-5', mode: 'webhook' as const };
			const inAnotherProcess = async (more: object) => {
				let verdict: Promise<unknown> | undefined;
				jest.isolateModules(() => {
					const { PonponPay: Loaded } = jest.requireActual<{ PonponPay: typeof PonponPay }>(
						'../../../nodes/PonponPay/PonponPay.node',
					);
					const loaded = createEngine({
						nodes: [new Loaded()],
						credentialTypes: [new PonponPayApi()],
					});
					verdict = verify([item], { identity: { ...identity, ...more }, loaded }).then(
						({ json }) => json[0].isValid,
					);
				});
				return await verdict;
			};
			expect(await inAnotherProcess({ executionId: '81' })).toBe(true);
			expect(await inAnotherProcess({ executionId: '82' })).toBe(false);
			expect(await inAnotherProcess({ executionId: '81' })).toBe(true);
			expect(await inAnotherProcess({ mode: 'manual' })).toBe(true);
		});

		it('signed anew by PonponPay is accepted, with the same dedupe key', async () => {
			const identity = { workflowId: 'replay-4' };
			const items = [webhookItem(BODY, signed(BODY)), webhookItem(BODY, signed(BODY))];
			const { json } = await verify(items, { identity });
			expect(json.map(({ isValid }) => isValid)).toEqual([true, true]);
			expect(json[0].dedupeKey).toBe(json[1].dedupeKey);
		});
	});

	it.each([
		['Headers', 'must be a JSON object', { headers: 'none' }],
		['Body', 'must be the raw text', { bodySource: 'text', body: '={{ $json.headers }}' }],
		['Body', 'must be a text in base64', { bodySource: 'base64', body: 'n/a!' }],
	])('says what to change in the field %s', async (field, rule, parameters) => {
		const { error } = await verify([webhookItem(BODY, signed(BODY))], parameters);
		expect(error?.message).toContain(`${field} ${rule}`);
	});

	it('takes an item without a raw body as an empty one, and says how to get it', async () => {
		const { json, runData } = await verify([{ json: { headers: signed(BODY) } }]);
		expect(json[0]).toMatchObject({ isValid: false, reason: 'wrongSignature' });
		expect(runData.PonponPay[0].hints?.[0].message).toContain('Raw Body');
	});
});

describe('Webhook: Send Test Event', () => {
	let trigger: Trigger | undefined;

	afterEach(async () => {
		await trigger?.close();
		trigger = undefined;
	});

	const openTrigger = async (typed: Record<string, string> = {}, options: INodeParameters = {}) =>
		(trigger = await engine.openTrigger({
			type: TRIGGER_TYPE,
			parameters: manual({ events: ['*'], options }),
			credentials: credential(SHOP, typed),
			isTest: true,
		}));

	const send = async (url: string, event = 'order.paid', typed: Record<string, string> = {}) =>
		await engine.runNode({
			parameters: { resource: 'webhook', operation: 'sendTestEvent', url, event },
			credentials: credential(SHOP, typed),
		});

	it.each(EVENTS)('brings a sample of %s into the trigger', async (event) => {
		const { url, executions } = await openTrigger();
		const { json, error } = await send(url, event);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				isAccepted: true,
				statusCode: 200,
				answer: 'OK',
				event,
				eventId: expect.stringMatching(/^sample_\w+$/),
				environment: 'sandbox',
				signedWith: ['apiKey'],
				isSample: true,
			},
		]);
		expect(executions).toHaveLength(1);
		const received = executions[0][0].json;
		expect(received).toMatchObject({
			event,
			eventId: json[0].eventId,
			order: event.startsWith('dispute.')
				? expect.anything()
				: {
						merchantOrderId: expect.stringMatching(/^SAMPLE-/),
						tradeId: expect.stringMatching(/^SAMPLE-/),
						amount: '25',
						actualAmount: '25.0001',
						currency: 'USDT',
						network: 'tron',
					},
		});
		if (event.startsWith('refund.')) {
			expect(received.refund).toMatchObject({ refundId: expect.stringMatching(/^SAMPLE-/) });
		}
		if (event.startsWith('dispute.')) {
			expect(received.dispute).toMatchObject({ disputeId: expect.stringMatching(/^SAMPLE-/) });
		}
	});

	it('is marked as a sample where the callback itself is shown', async () => {
		const { url, executions } = await openTrigger({}, { includeRaw: true });
		await send(url);
		expect(executions[0][0].json.raw).toMatchObject({ is_sample: true });
	});

	it('is another event each time, so that no receiver takes it for a repetition', async () => {
		const { url, executions } = await openTrigger();
		await send(url);
		await send(url);
		expect(new Set(executions.map(([{ json }]) => json.dedupeKey)).size).toBe(2);
	});

	it('is signed with the webhook secret too, if the credential has one', async () => {
		const typed = { webhookSecret: SHARED };
		const { url, executions } = await openTrigger(typed, { signature: 'secret' });
		const { json } = await send(url, 'order.paid', typed);
		expect(json[0]).toMatchObject({ isAccepted: true, signedWith: ['apiKey', 'secret'] });
		expect(executions).toHaveLength(1);
	});

	it('is refused by a trigger with another key', async () => {
		const { url, executions } = await openTrigger({ apiKey: `${API_KEY.slice(0, -1)}f` });
		const { json } = await send(url);
		expect(json[0]).toMatchObject({ isAccepted: false, statusCode: 401 });
		expect(executions).toEqual([]);
	});

	it('says why a trigger with a merchant ID does not take it, and what to do', async () => {
		const typed = { merchantId: 'M100001' };
		const { url } = await openTrigger(typed);
		const { json, runData } = await send(url, 'order.paid', typed);
		expect(json[0]).toMatchObject({ isAccepted: false, statusCode: 401 });
		expect(runData.PonponPay[0].hints?.[0].message).toContain('Signature of the trigger');

		const building = await openTrigger(typed, { signature: 'apiKey' });
		const again = await send(building.url, 'order.paid', typed);
		expect(again.json[0]).toMatchObject({ isAccepted: true });
	});

	it('carries neither the API key nor the secret, and follows no redirect', async () => {
		const elsewhere = await startServer(jsonAnswer({}));
		const server = await startServer((_request, response) => {
			response.writeHead(307, { location: elsewhere.url }).end();
		});
		const typed = { webhookSecret: SHARED };
		const { json } = await send(`${server.url}/hook`, 'order.paid', typed);
		await server.close();
		await elsewhere.close();
		expect(json[0]).toMatchObject({ isAccepted: false, statusCode: 307 });
		expect(elsewhere.requests).toEqual([]);
		const [sent] = server.requests;
		expect(sent.headers).not.toHaveProperty('x-api-key');
		expect(sent.headers).not.toHaveProperty('authorization');
		expect(sent.headers['content-type']).toBe('application/json');
		expect(JSON.stringify(sent)).not.toContain(API_KEY);
		expect(JSON.stringify(sent)).not.toContain(SHARED);
	});

	it('says which button makes n8n listen, when it does not', async () => {
		const server = await startServer(jsonAnswer({ message: 'not registered' }, 404));
		const { json, runData } = await send(`${server.url}/webhook-test/1/webhook`);
		await server.close();
		expect(json[0]).toMatchObject({ isAccepted: false, statusCode: 404 });
		expect(runData.PonponPay[0].hints?.[0].message).toContain(
			'Press "Execute step" in the PonponPay Trigger',
		);
	});

	it.each([
		['http://shop.example.com/hook', /^URL must be a complete address that starts with https/],
		['ftp://127.0.0.1/hook', /^URL must be a complete address/],
	])('is not sent to %s', async (url, message) => {
		expect((await send(url)).error?.message).toMatch(message);
	});

	it('says so when nobody can be reached there', async () => {
		const { error, kept } = await send(await unreachableUrl());
		expect(error?.message).toMatch(/^URL must be reachable from n8n/);
		expect(kept).not.toContain(API_KEY);
	});

	it('asks PonponPay nothing', async () => {
		const sandbox = await startSandbox();
		const { url } = await openTrigger();
		await engine.runNode({
			parameters: { resource: 'webhook', operation: 'sendTestEvent', url, event: 'order.paid' },
			credentials: credential(sandbox),
		});
		expect(sandbox.requests.count()).toBe(0);
		await sandbox.close();
	});
});
