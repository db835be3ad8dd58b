import type { ExecutionSummary } from '../n8n/client.mts';
import { N8nAnswer } from '../n8n/client.mts';
import { until } from '../n8n/until.mts';
import type { Books } from './books.mts';
import { LINES, type Line } from './lines.mts';
import type { Stage } from './stage.mts';

/** A waiting execution is looked after by n8n once a minute; after a kill some things take longer. */
const PATIENCE = { seconds: 300 };
const MOST_TRIES = 4;
const UNFINISHED = new Set(['crashed', 'error']);

/** Executions whose retry succeeded, or has been started; and which n8n could not retry, for it had stored nothing. */
const retried = new Set<string>();

/** The executions that did not come to their end and were not tried again, oldest first. */
export async function unfinishedExecutions(stage: Stage): Promise<ExecutionSummary[]> {
	const lists = [];
	for (const line of LINES) lists.push(...(await executionsOf(stage, line)));
	return lists
		.filter(({ id, status }) => UNFINISHED.has(status) && !retried.has(id))
		.sort((one, other) => Number(one.id) - Number(other.id));
}

/** Presses the button "Retry execution". */
export async function retry({ shop }: Stage, { id }: ExecutionSummary): Promise<void> {
	retried.add(id);
	try {
		await shop.n8n.client.call('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false });
	} catch (error) {
		// Of an execution that was killed at its very beginning n8n has stored nothing to try again.
		if (!(error instanceof N8nAnswer)) throw error;
	}
}

/**
 * Does what time, PonponPay and a careful person do after trouble: deliveries are repeated until they are taken, what did not
 * come to its end is retried, and orders that nobody paid expire.
 *
 * @throws Error when something does not come to rest
 */
export async function settle(stage: Stage, books: Books): Promise<void> {
	const { sandbox } = stage.shop;
	await Promise.all(books.pending);
	sandbox.faults.clear();
	await deliverAll(stage);
	await finishAll(stage);
	for (const order of stage.ordersOf(books)) {
		if (order.status === 'confirming') sandbox.orders.pay(order.tradeId);
		else if (order.status === 'pending') sandbox.orders.expire(order.tradeId);
	}
	await deliverAll(stage);
	await finishAll(stage);
	await until(
		'the waiting executions to end',
		async () => {
			const executions = await executionsOf(stage, 'wait');
			return executions.some(({ status }) => status === 'waiting') ? undefined : true;
		},
		PATIENCE,
	);
	await finishAll(stage);
	// n8n polls when a workflow is published.
	const before = sandbox.requests.count('/order/list');
	await stage.republish('poll');
	await until(
		'a poll',
		() => sandbox.requests.count('/order/list') > before || undefined,
		PATIENCE,
	);
	await finishAll(stage);
}

async function executionsOf(stage: Stage, line: Line): Promise<ExecutionSummary[]> {
	return await stage.shop.n8n.client.listExecutions(stage.idOf(line));
}

/** Until the shop's hooks have taken all there is. */
async function deliverAll({ shop: { sandbox, n8n } }: Stage): Promise<void> {
	await until(
		'the trigger to take every delivery',
		async () => {
			await sandbox.deliveries.settled();
			const open = sandbox.deliveries
				.all()
				.filter(({ url, state }) => url.startsWith(n8n.url) && state === 'waiting')
				// A waiting execution that is over takes no more callbacks.
				.filter(({ url }) => !url.includes('/webhook-waiting/'));
			await sandbox.deliveries.retryNow();
			await sandbox.deliveries.settled();
			return open.length === 0 ? true : undefined;
		},
		PATIENCE,
	);
}

/** Until no execution runs, and all have been retried that did not come to their end. */
async function finishAll(stage: Stage): Promise<void> {
	for (let tries = 0; tries < MOST_TRIES; tries += 1) {
		await until(
			'the executions to end',
			async () => {
				const all = [];
				for (const line of LINES) all.push(...(await executionsOf(stage, line)));
				return all.some(({ status }) => status === 'running' || status === 'new')
					? undefined
					: true;
			},
			PATIENCE,
		);
		const unfinished = await unfinishedExecutions(stage);
		if (unfinished.length === 0) return;
		for (const execution of unfinished) await retry(stage, execution);
	}
	const [left] = await unfinishedExecutions(stage);
	if (left === undefined) return;
	const { error } = await stage.shop.n8n.client.getExecution(left.id);
	throw new Error(
		`Execution ${left.id} does not succeed however often it is retried: ${error?.message}`,
	);
}
