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

	const url = `${n8n.url}/webhook/create-order`;
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ amount: '12.50' }),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`"Create order" answered ${answer.status}: ${text}`);
	const order = JSON.parse(text) as {
		tradeId?: string;
		actualAmount?: string;
		paymentUrl?: string;
	};
	if (order.tradeId === undefined) throw new Error(`"Create order" made no order: ${text}`);
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
