import { createOrder } from '../e2e/orders.mts';
import { newOrder } from '../e2e/waitingWorkflow.mts';
import { node, ponponPay, ponponPayTrigger } from '../e2e/workflows.mts';
import { until } from '../n8n/until.mts';
import type { Fault } from '../sandbox/http/faults.mts';
import { eachOnce, newKeys, type QueueStage } from './stage.mts';

const lost: Fault = { kind: 'reset', when: 'after' };

/** What main does (registration), and what workers do at PonponPay (creates). */
export function provesTheShop(stage: () => QueueStage): void {
	it('has one webhook at PonponPay while a workflow is published, through which payments arrive', async () => {
		const { shop, cluster } = stage();
		const trigger = ponponPayTrigger({ events: ['order.paid'], registration: 'automatic' });
		const workflow = await stage().publish('registered', '$json.order.tradeId', trigger);
		const urls = () => shop.sandbox.hooks.all().map(({ url }) => url);
		expect(urls()).toEqual([`${cluster.url}/webhook/${trigger.webhookId}/webhook`]);

		const tradeIds: string[] = [];
		for (let count = 0; count < 10; count += 1) tradeIds.push(await createOrder(shop.sandbox));
		for (const tradeId of tradeIds) shop.sandbox.orders.pay(tradeId);
		await shop.sandbox.deliveries.settled();
		await until('the effects', async () => {
			const { effects } = await stage().outcome(workflow, tradeIds);
			return effects >= tradeIds.length ? true : undefined;
		});
		expect(await stage().outcome(workflow, tradeIds)).toEqual(eachOnce(tradeIds));

		await shop.n8n.client.unpublish(workflow.id);
		expect(urls()).toEqual([]);
	});

	it('creates each order once, although the answers to many creates are lost and n8n tries again', async () => {
		const { shop, sender } = stage();
		const path = 'create-orders';
		const create = ponponPay('Create', {
			resource: 'order',
			operation: 'create',
			...newOrder,
			amount: '={{ $json.body.amount }}',
		});
		const key = "$('Webhook').item.json.body.key";
		const receive = node('Webhook', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			options: {},
		});
		const retried = { ...create, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const workflow = await stage().publish(path, key, receive, retried);
		const before = shop.sandbox.orders.all().length;
		const keys = newKeys(40);
		shop.sandbox.faults.script('/order/add', Array(20).fill([null, lost]).flat());
		try {
			const urls = stage().at(path);
			const orders = keys.map((name, index) => ({ key: name, amount: String(20 + index) }));
			await Promise.all(
				orders.map(async (body, index) => await sender.tell(() => urls[index % 2], body)),
			);
			expect(await stage().outcome(workflow, keys)).toEqual(eachOnce(keys));
			const amounts = shop.sandbox.orders.all().map(({ amount }) => Number(amount));
			expect(amounts.slice(before).sort()).toEqual(keys.map((_, index) => 20 + index).sort());
		} finally {
			shop.sandbox.faults.clear();
		}
	});
}
