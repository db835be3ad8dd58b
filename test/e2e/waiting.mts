import { deriveId } from '../../nodes/shared/model/identifiers';
import type { Execution, Workflow, WorkflowFile } from '../n8n/client.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import type { OrderView } from '../sandbox/control/views.mts';
import { ENDS } from './waitingWorkflow.mts';

/** Sends a POST with a JSON body. */
export async function post(url: string, body = '{}', headers = {}): Promise<Response> {
	return await fetch(url, {
		method: 'POST',
		body,
		headers: { 'Content-Type': 'application/json', ...headers },
	});
}

/** The trade ids of what has left a `waitingWorkflow()`: by Paid, or by Not Paid for a reason. */
export function left({ items }: Execution): Record<string, string[]> {
	const found: Record<string, string[]> = {};
	for (const end of ENDS) {
		for (const { json } of items(end)) {
			(found[end === 'Paid' ? end : String(json.reason)] ??= []).push(String(json.tradeId));
		}
	}
	return found;
}

/** What the readable part of an ID does not depend on. */
const ANYONE = { instanceId: '', workflowId: '', nodeId: '', runIndex: 0, itemIndex: 0 };

/** What a test does with executions that wait for payments. */
export class WaitingRoom {
	constructor(private readonly shop: Shop) {}

	async publish(file: WorkflowFile): Promise<Workflow> {
		const { client } = this.shop.n8n;
		const workflow = await client.createWorkflow(this.shop.furnish(file));
		await client.publish(workflow.id);
		return workflow;
	}

	/**
	 * Starts an execution by a POST to `/webhook/<path>` and returns its number once it waits.
	 *
	 * @throws Error with its message when it fails instead
	 */
	async startWaiting(workflow: Workflow, path: string, body = '{}'): Promise<string> {
		const { client, url } = this.shop.n8n;
		const known = new Set((await client.listExecutions(workflow.id)).map(({ id }) => id));
		const { status } = await post(`${url}/webhook/${path}`, body);
		if (status !== 200) throw new Error(`n8n answered ${status}`);
		return await until('the execution to wait', async () => {
			const started = (await client.listExecutions(workflow.id)).find(({ id }) => !known.has(id));
			if (started?.status === 'error') {
				throw new Error((await client.getExecution(started.id)).error?.message);
			}
			return started?.status === 'waiting' ? started.id : undefined;
		});
	}

	async isWaiting(executionId: string): Promise<boolean> {
		return (await this.shop.n8n.client.getExecution(executionId)).status === 'waiting';
	}

	async untilWaiting(executionId: string): Promise<void> {
		await until(`execution ${executionId} to wait`, async () =>
			(await this.isWaiting(executionId)) ? true : undefined,
		);
	}

	/** Until the execution has passed the node. */
	async untilReached(executionId: string, nodeName: string, seconds = 60): Promise<void> {
		await until(
			`execution ${executionId} to reach "${nodeName}"`,
			async () => {
				const { items } = await this.shop.n8n.client.getExecution(executionId);
				return items(nodeName).length > 0 ? true : undefined;
			},
			{ seconds },
		);
	}

	/** The execution once it has ended, in whatever way. */
	async finished(executionId: string, seconds = 60): Promise<Execution> {
		return await until(
			`the end of execution ${executionId}`,
			async () => {
				const execution = await this.shop.n8n.client.getExecution(executionId);
				return execution.status !== 'waiting' && execution.isAtRest ? execution : undefined;
			},
			{ seconds },
		);
	}

	/** The orders an execution has made, in their order. */
	async ordersOf(executionId: string): Promise<OrderView[]> {
		const { drawn } = await this.shop.n8n.client.getExecution(executionId);
		const [run] =
			/^n8n-[^-]*-/.exec(
				deriveId('order', {
					...ANYONE,
					execution: drawn === undefined ? { number: executionId } : { drawn },
				}),
			) ?? [];
		return this.shop.sandbox.orders
			.all()
			.filter(({ merchantOrderId }) => merchantOrderId.startsWith(String(run)));
	}

	/** Until every callback that is on its way has been answered. */
	async settled(): Promise<void> {
		await this.shop.sandbox.deliveries.settled();
	}

	/** For each callback about an order: its event, then the statuses of the answers it got. */
	answersTo(tradeId: string) {
		return this.shop.sandbox.deliveries
			.all(tradeId)
			.map(({ event, attempts }) => [event, ...attempts.map(({ status }) => status)]);
	}
}
