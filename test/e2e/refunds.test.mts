import { orderOverWebhook } from '../demo/loop.mts';
import type { Workflow } from '../n8n/client.mts';
import { loadExample, type Shop } from '../n8n/shop.mts';
import { openTestShop } from './testShop.mts';
import { chain, ponponPay, ponponPayTrigger, webhook } from './workflows.mts';

describe('from a paid order to "refunded" in a real n8n', () => {
	let shop: Shop;
	let refunding: Workflow;
	let onRefund: Workflow;

	beforeAll(async () => {
		shop = await openTestShop();
		const { client } = shop.n8n;
		const createOrder = await client.createWorkflow(shop.furnish(loadExample('order-from-shop')));
		refunding = await client.createWorkflow(
			shop.furnish(
				chain(
					'Refund',
					webhook('refund'),
					ponponPay('Create refund', {
						resource: 'refund',
						operation: 'create',
						order: { __rl: true, mode: 'tradeId', value: '={{ $json.body.tradeId }}' },
						amount: '={{ $json.body.amount }}',
					}),
				),
			),
		);
		onRefund = await client.createWorkflow(
			shop.furnish(
				chain('On refund', ponponPayTrigger({ events: ['refund.succeeded'], options: {} })),
			),
		);
		for (const { id } of [createOrder, refunding, onRefund]) await client.publish(id);
	});

	afterAll(async () => await shop?.close());

	const refund = async (tradeId: string, amount: string) => {
		const { client, url } = shop.n8n;
		const known = (await client.listExecutions(refunding.id)).map(({ id }) => id);
		await fetch(`${url}/webhook/refund`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ tradeId, amount }),
		});
		return await client.waitForNextExecution(refunding.id, known);
	};

	it('gives a paid order back in two parts, refuses a third, and tells each that succeeded', async () => {
		const { client } = shop.n8n;
		const { sandbox } = shop;
		const { tradeId, actualAmount } = await orderOverWebhook(shop.n8n.url, '12.50');
		sandbox.orders.pay(tradeId);
		await sandbox.deliveries.settled();

		const parts = [await refund(tradeId, '5'), await refund(tradeId, '7.50')];
		for (const part of parts) expect(part.error).toBeUndefined();
		const refunds = parts.map((part) => part.items('Create refund')[0].json);
		expect(refunds).toMatchObject([
			{ tradeId, amount: '5' },
			{ tradeId, amount: '7.5' },
		]);

		sandbox.requests.clear();
		const third = await refund(tradeId, '1');
		expect(third.status).toBe('error');
		expect(third.error?.message).toContain(actualAmount);
		expect(third.error?.message).toContain('12.5');
		expect(sandbox.requests.count('/refund/add')).toBe(0);

		for (const { refundId } of refunds) {
			const known = (await client.listExecutions(onRefund.id)).map(({ id }) => id);
			sandbox.refunds.succeed(String(refundId));
			const execution = await client.waitForNextExecution(onRefund.id, known);
			const [{ json }] = execution.items('PonponPay Trigger');
			expect(json).toMatchObject({
				event: 'refund.succeeded',
				refund: { refundId, tradeId, status: 'succeeded' },
			});
		}
	});

	it('refuses to refund an order that nobody has paid, and sends nothing', async () => {
		const { tradeId } = await orderOverWebhook(shop.n8n.url, '3');
		shop.sandbox.requests.clear();
		const execution = await refund(tradeId, 'all');
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/only a paid order can be refunded/);
		expect(shop.sandbox.requests.count('/refund/add')).toBe(0);
	});
});
