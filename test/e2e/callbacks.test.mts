import type { Execution, Workflow } from '../n8n/client.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { createOrder } from './orders.mts';
import { openTestShop } from './testShop.mts';
import { chain, manualStart, node, ponponPay, ponponPayTrigger } from './workflows.mts';

let shop: Shop;
beforeAll(async () => {
	shop = await openTestShop();
});
afterAll(async () => await shop?.close());

describe("a callback received by n8n's own Webhook node", () => {
	let workflow: Workflow;
	let url: string;

	beforeAll(async () => {
		const { client } = shop.n8n;
		url = `${shop.n8n.url}/webhook/own-receiver`;
		const webhook = node('Webhook', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path: 'own-receiver',
			options: { rawBody: true },
		});
		const verify = ponponPay('Verify', { resource: 'webhook', operation: 'verify' });
		workflow = await client.createWorkflow(shop.furnish(chain('Verify', webhook, verify)));
		await client.publish(workflow.id);
	});

	const verdictOnNext = async (send: () => Promise<unknown>) => {
		const { client } = shop.n8n;
		const known = (await client.listExecutions(workflow.id)).map(({ id }) => id);
		await send();
		const execution = await client.waitForNextExecution(workflow.id, known);
		return execution.items('Verify').map(({ json }) => json);
	};

	it('is genuine when PonponPay has sent it, and a replay when it comes again', async () => {
		const tradeId = await createOrder(shop.sandbox, url);
		const verdict = await verdictOnNext(async () => {
			shop.sandbox.orders.pay(tradeId);
			await shop.sandbox.deliveries.settled();
		});
		expect(verdict).toMatchObject([
			{
				isValid: true,
				reason: null,
				event: 'order.paid',
				order: { tradeId, isPaid: true },
			},
		]);

		const [delivery] = shop.sandbox.deliveries.all(tradeId);
		const { body } = delivery;
		const { headers } = delivery.attempts[0];
		const replay = await verdictOnNext(
			async () => await fetch(url, { method: 'POST', headers, body }),
		);
		expect(replay).toMatchObject([{ isValid: false, reason: 'replayed', order: null }]);
	});

	it('is not genuine when its body was changed, and nothing of it is given out', async () => {
		const [delivery] = shop.sandbox.deliveries.all();
		const body = delivery.body.replace(/"amount":\s*[\d.]+/, '"amount":9999');
		expect(body).not.toBe(delivery.body);
		const { headers } = delivery.attempts[0];
		const verdict = await verdictOnNext(
			async () => await fetch(url, { method: 'POST', headers, body }),
		);
		expect(verdict).toMatchObject([
			{ isValid: false, reason: 'wrongSignature', statusCode: 401, event: null, order: null },
		]);
		expect(JSON.stringify(verdict)).not.toContain('9999');
	});
});

describe('a workflow that is built before the first sale', () => {
	it('gets a sample by "Listen for test event" and Send Test Event', async () => {
		const { client } = shop.n8n;
		const trigger = ponponPayTrigger({ events: ['order.paid'], registration: 'automatic' });
		const receiver = await client.createWorkflow(shop.furnish(chain('Receiver', trigger)));
		expect(await client.runWorkflow(receiver.id, 'PonponPay Trigger')).toBeUndefined();
		const hook = await until('the test URL at PonponPay', () => shop.sandbox.hooks.all()[0]);
		expect(hook.url).toContain('/webhook-test/');

		const sender = await client.createWorkflow(
			shop.furnish(
				chain(
					'Sender',
					manualStart(),
					ponponPay('Send', {
						resource: 'webhook',
						operation: 'sendTestEvent',
						url: hook.url,
						event: 'order.paid',
					}),
				),
			),
		);
		const send = async (): Promise<Execution> => {
			const id = await client.runWorkflow(sender.id, 'Start');
			return await client.waitForExecution(id ?? '');
		};
		const sent = (await send()).items('Send');
		expect(sent).toMatchObject([{ json: { isAccepted: true, statusCode: 200, isSample: true } }]);

		const received = await client.waitForNextExecution(receiver.id, []);
		expect(received.items('PonponPay Trigger')).toMatchObject([
			{
				json: {
					event: 'order.paid',
					eventId: sent[0].json.eventId,
					order: { merchantOrderId: expect.stringMatching(/^SAMPLE-/) },
				},
			},
		]);
		// n8n listens for one event: then the hook is gone, and so is the URL.
		await until('the hook to be removed', () => shop.sandbox.hooks.all().length === 0 || undefined);
		expect((await send()).items('Send')).toMatchObject([
			{ json: { isAccepted: false, statusCode: 404 } },
		]);
	});
});
