import { randomUUID } from 'node:crypto';
import type { Say } from '../n8n/commands.mts';
import type { Stage } from './stage.mts';

/** The node of "On paid order → notify" that writes the message. */
const MESSAGE_NODE = 'Message';

/**
 * Goes once around: an order is created by one workflow and paid, and starts the other.
 *
 * @returns what the second workflow put out
 * @throws Error that says which part of the way was not gone
 */
export async function goAround(
	{ shop: { sandbox, n8n }, workflows }: Stage,
	say: Say,
): Promise<Record<string, unknown>> {
	const earlier = await n8n.client.listExecutions(workflows.notify);

	const order = await orderOverWebhook(n8n.url, '12.50');
	say(
		`Created order ${order.tradeId}: ${order.actualAmount} USDT, to be paid at ${order.paymentUrl}`,
	);

	sandbox.orders.pay(order.tradeId);
	say('Paid it in the sandbox; waiting for "On paid order → notify" …');
	await sandbox.deliveries.settled();
	const deliveries = sandbox.deliveries.all(order.tradeId);
	if (!deliveries.some(({ state }) => state === 'delivered')) {
		const story = deliveries.map(({ url, state, reason }) => `${url}: ${state} ${reason ?? ''}`);
		throw new Error(`The callback was not taken: ${story.join('; ') || 'none was sent'}`);
	}

	const execution = await n8n.client.waitForNextExecution(
		workflows.notify,
		earlier.map(({ id }) => id),
	);
	const [item] = execution.items(MESSAGE_NODE);
	if (execution.status !== 'success' || item === undefined) {
		throw new Error(
			`"On paid order → notify" ended with ${execution.status}: ${execution.error?.message ?? 'no item'}`,
		);
	}
	return item.json;
}

/** The part that we need of what "Order from a shop" answers. */
export interface CreatedOrder {
	tradeId: string;
	merchantOrderId: string;
	actualAmount: string;
	paymentUrl: string;
}

/**
 * Creates an order as a shop does, through the webhook of the published example "Order from a shop".
 *
 * @param orderId the shop's own; another one for each order unless it is given
 * @throws Error with what came instead of an order
 */
export async function orderOverWebhook(
	n8nUrl: string,
	amount: string,
	orderId = `shop-${randomUUID().slice(0, 8)}`,
): Promise<CreatedOrder> {
	const answer = await fetch(`${n8nUrl}/webhook/create-order`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ amount, orderId }),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`"Order from a shop" answered ${answer.status}: ${text}`);
	const order = JSON.parse(text) as Partial<CreatedOrder>;
	if (order.tradeId === undefined) throw new Error(`"Order from a shop" made no order: ${text}`);
	return order as CreatedOrder;
}
