import { createHmac } from 'node:crypto';

import { orderOverWebhook } from '../demo/loop.mts';
import type { Execution, Workflow } from '../n8n/client.mts';
import { DEFAULT_DATABASE } from '../n8n/database.mts';
import { DEFAULT_N8N, HAS_PUBLICATION_SERVICE } from '../n8n/install.mts';
import { loadExample, type Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import type { Sandbox } from '../sandbox/sandbox.mts';
import { openTestShop } from './testShop.mts';

/** What a forger knows: the shape of a callback and an order's id, but no key. */
const forgedBody = JSON.stringify({
	order_no: 'shop-1042',
	status: 2,
	amount: 12.5,
	currency: 'USDT',
	network: 'Tron',
	hash: 'ab'.repeat(32),
	environment: 'production',
	event_id: 'evt_forged',
});

const hmac = (key: string, data: string) => createHmac('sha256', key).update(data).digest('hex');
const nonce = 'a'.repeat(32);

/** Headers made from the time (Unix seconds) and the part of the API key that deliveries show openly. */
type Forge = (now: string, keyPrefix: string) => Record<string, string>;

const FORGERIES: Array<[string, Forge]> = [
	['without any signature', () => ({})],
	['signed with a guessed secret', () => ({ 'X-PonponPay-Signature': hmac('guess', forgedBody) })],
	[
		'signed with a guessed API key',
		(now, keyPrefix) => ({
			'X-Key-Prefix': keyPrefix,
			'X-Timestamp': now,
			'X-Nonce': nonce,
			'X-Signature': hmac('guess', `${now}\n${nonce}\n${forgedBody}`),
		}),
	],
	[
		'with an Ed25519 signature that is none',
		(now) => ({
			'X-Webhook-Signature-Version': 'v2',
			'X-Webhook-Key-Id': 'key-1',
			'X-Timestamp': now,
			'X-Nonce': nonce,
			'X-Webhook-Merchant-Id': 'M100001',
			'X-Webhook-Environment': 'production',
			'X-Webhook-Signature-V2': 'A'.repeat(86),
		}),
	],
];

/** An order whose changes are all told to this URL, whatever the hooks want. */
async function createOrderNotifying(sandbox: Sandbox, url: string): Promise<string> {
	const answer = await fetch(`${sandbox.url}/api/v1/pay/sdk/order/add`, {
		method: 'POST',
		headers: { 'X-API-Key': sandbox.apiKey, 'Content-Type': 'application/json' },
		body: JSON.stringify({ amount: 3, currency: 'USDT', network: 'tron', notify_url: url }),
	});
	return ((await answer.json()) as { data: { trade_id: string } }).data.trade_id;
}

describe('from order to "paid" in a real n8n', () => {
	let shop: Shop;
	let createOrder: Workflow;
	let onPaid: Workflow;

	beforeAll(async () => {
		shop = await openTestShop();
		const { client } = shop.n8n;
		createOrder = await client.createWorkflow(shop.furnish(loadExample('create-order')));
		const fromShop = await client.createWorkflow(shop.furnish(loadExample('order-from-shop')));
		onPaid = await client.createWorkflow(shop.furnish(loadExample('on-paid-order-notify')));
		await client.publish(fromShop.id);
		await client.publish(onPaid.id);
	});

	afterAll(async () => await shop?.close());

	const idsOfExecutions = async () =>
		(await shop.n8n.client.listExecutions(onPaid.id)).map(({ id }) => id);

	/** Creates an order, pays it, and returns it with the execution that this started. */
	const goAround = async () => {
		const known = await idsOfExecutions();
		const order = await orderOverWebhook(shop.n8n.url, '12.50');
		shop.sandbox.orders.pay(order.tradeId);
		const execution = await shop.n8n.client.waitForNextExecution(onPaid.id, known);
		return { order, execution };
	};

	const messageOf = (execution: Execution) => execution.items('Message')[0]?.json.message;

	it('goes on in the n8n that was asked for, on the database and with its publication service on or off as asked', async () => {
		const settings = await shop.n8n.client.call<{
			versionCli: string;
			databaseType: string;
			useWorkflowPublicationService?: boolean;
		}>('GET', '/rest/settings');
		expect(settings.versionCli).toBe(DEFAULT_N8N);
		expect(settings.databaseType).toBe(
			DEFAULT_DATABASE === 'postgres' ? 'postgresdb' : DEFAULT_DATABASE,
		);
		expect(settings.useWorkflowPublicationService ?? false).toBe(HAS_PUBLICATION_SERVICE);
	});

	it('registers exactly one hook at PonponPay, for the event and address of the trigger', () => {
		const hooks = shop.sandbox.hooks.all();
		expect(hooks).toHaveLength(1);
		expect(hooks[0].events).toEqual(['order.paid']);
		expect(hooks[0].url).toContain(`${shop.n8n.url}/webhook/`);
	});

	it('creates an order when a person executes the workflow', async () => {
		const { client } = shop.n8n;
		const id = await client.runWorkflow(createOrder.id, 'When clicking ‘Execute workflow’');
		const execution = await client.waitForExecution(id ?? '');
		expect(execution.status).toBe('success');
		const [item] = execution.items('Create order');
		const order = shop.sandbox.orders.get(String(item.json.tradeId));
		expect(item.json).toMatchObject({
			merchantOrderId: order.merchantOrderId,
			status: 'pending',
			isPaid: false,
			amount: '12.5',
			actualAmount: order.actualAmount,
			address: order.address,
			paymentUrl: order.paymentUrl,
		});
	});

	it('gives a shop that asks again with the same order ID the same order', async () => {
		const ask = async () => await orderOverWebhook(shop.n8n.url, '7', 'shop-1042');
		const first = await ask();
		expect(first.merchantOrderId).toBe('shop-1042');
		expect((await ask()).tradeId).toBe(first.tradeId);
	});

	it('starts the second workflow with the order that was paid', async () => {
		const { order, execution } = await goAround();
		expect(execution.status).toBe('success');
		const [{ json }] = execution.items('PonponPay Trigger');
		expect(json).toMatchObject({
			event: 'order.paid',
			order: {
				merchantOrderId: order.merchantOrderId,
				status: 'paid',
				isPaid: true,
				transactionHash: shop.sandbox.orders.get(order.tradeId).transactionHash,
			},
		});
		expect(messageOf(execution)).toContain(order.merchantOrderId);
		expect(messageOf(execution)).toContain(order.actualAmount);
	});

	it('answers 200 to an event that the trigger does not want, and starts nothing', async () => {
		const known = await idsOfExecutions();
		const [{ url }] = shop.sandbox.hooks.all();
		const tradeId = await createOrderNotifying(shop.sandbox, url);
		shop.sandbox.orders.expire(tradeId);
		await shop.sandbox.deliveries.settled();
		expect(shop.sandbox.deliveries.all(tradeId)).toMatchObject([
			{ event: 'order.expired', state: 'delivered', attempts: [{ status: 200 }] },
		]);

		await goAround();
		expect(await idsOfExecutions()).toHaveLength(known.length + 1);
	});

	const sendForgery = async (forge: Forge) => {
		const [{ url }] = shop.sandbox.hooks.all();
		const now = String(Math.floor(Date.now() / 1000));
		const signature = forge(now, shop.sandbox.apiKey.slice(0, 12));
		const headers = { 'Content-Type': 'application/json', ...signature };
		return await fetch(url, { method: 'POST', headers, body: forgedBody });
	};

	it.each(FORGERIES)('refuses a callback %s: 401 and no execution', async (_how, forge) => {
		const known = await idsOfExecutions();
		expect((await sendForgery(forge)).status).toBe(401);

		// A payment after it is the only thing that starts the workflow.
		await goAround();
		expect(await idsOfExecutions()).toHaveLength(known.length + 1);
	});

	it('says in the log of n8n why it refused, without a secret', async () => {
		await sendForgery(FORGERIES[0][1]);
		// The same reason is said once a minute at most: it may have been said before.
		await until('the reason in the log', () =>
			/refused a delivery: \S+/.test(shop.n8n.logs()) ? true : undefined,
		);

		const [{ secret }] = shop.sandbox.hooks.all();
		expect(shop.n8n.logs()).not.toContain(shop.sandbox.apiKey);
		expect(shop.n8n.logs()).not.toContain(secret);
	});

	it('still has exactly one hook, and hears of payments, after n8n was restarted', async () => {
		const [before] = shop.sandbox.hooks.all();
		await shop.n8n.restart();
		expect(shop.sandbox.hooks.all()).toEqual([before]);

		const { order, execution } = await goAround();
		expect(messageOf(execution)).toContain(order.merchantOrderId);
	});

	it('still has exactly one hook after n8n was killed and started again', async () => {
		await shop.n8n.kill();
		await shop.n8n.restart();
		expect(shop.sandbox.hooks.all()).toHaveLength(1);
		const { execution } = await goAround();
		expect(execution.status).toBe('success');
	});

	it('removes its hook when the workflow is unpublished, and makes one when it is published again', async () => {
		const { client } = shop.n8n;
		await client.unpublish(onPaid.id);
		expect(shop.sandbox.hooks.all()).toEqual([]);

		await client.publish(onPaid.id);
		expect(shop.sandbox.hooks.all()).toHaveLength(1);
		const { execution } = await goAround();
		expect(execution.status).toBe('success');
	});
});
