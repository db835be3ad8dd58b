import type { WorkflowFile, WorkflowNode } from '../n8n/client.mts';
import { chain, node, ponponPay, ponponPayTrigger, webhook } from '../e2e/workflows.mts';
import { newOrder } from '../e2e/waitingWorkflow.mts';
import type { Warehouse } from './warehouse.mts';

/**
 * The workflows of the shop:
 *
 * - `once`: the trigger as the documentation asks for where nothing may be lost, and Remove Duplicates
 * - `plain`: the trigger as it is when it is put on the canvas
 * - `poll`: the poll trigger as it is when it is put on the canvas
 * - `wait`: an order that is made and waited for
 * - `create`: orders, several in one execution
 */
export type Line = 'once' | 'plain' | 'poll' | 'wait' | 'create';

/** The lines that any payment starts. */
export const PAYMENT_LINES = ['once', 'plain', 'poll'] as const;
export const LINES: readonly Line[] = [...PAYMENT_LINES, 'wait', 'create'];
/** The lines that PonponPay is to call. */
export const REGISTERED_LINES = ['once', 'plain'] as const;

/** Where `wait` and `create` are started, below `/webhook/`. */
export const PATHS = { wait: 'model-wait', create: 'model-create' };

const ORDER_OF_EVENT = '$json.order.tradeId';

export function workflowOf(line: Line, warehouse: Warehouse): WorkflowFile {
	const ship = (tradeId: string): WorkflowNode =>
		node('Ship', 'n8n-nodes-base.httpRequest', 4.2, {
			url: warehouse.urlOf(line, tradeId),
			options: {},
		});
	const once = ponponPay('Remove Duplicates', {
		resource: 'webhook',
		operation: 'removeDuplicates',
		dedupeKey: '={{ $json.dedupeKey }}',
	});
	const onPaid = (options: object) =>
		ponponPayTrigger({ events: ['order.paid'], registration: 'automatic', options });
	switch (line) {
		case 'once':
			return chain(line, onPaid({ respond: 'lastNode' }), once, ship(ORDER_OF_EVENT));
		case 'plain':
			return chain(line, onPaid({}), ship(ORDER_OF_EVENT));
		case 'poll':
			return chain(line, pollTrigger(), ship(ORDER_OF_EVENT));
		case 'wait':
			return waiting(ship('$json.tradeId'));
		case 'create':
			return chain(
				line,
				webhook(PATHS.create),
				node('Each', 'n8n-nodes-base.splitOut', 1, {
					fieldToSplitOut: 'body.orders',
					options: {},
				}),
				ponponPay('Create', { resource: 'order', operation: 'create', ...newOrder }),
			);
	}
}

function pollTrigger(): WorkflowNode {
	return node('Poll', 'n8n-nodes-ponponpay.ponponPayPollTrigger', 1, {
		pollTimes: { item: [{ mode: 'everyMinute' }] },
		events: ['order.paid'],
	});
}

function waiting(ship: WorkflowNode): WorkflowFile {
	const started = { ...webhook(PATHS.wait) };
	started.parameters = { ...started.parameters, responseMode: 'onReceived' };
	const wait = ponponPay('Wait', {
		resource: 'order',
		operation: 'createAndWait',
		...newOrder,
		amount: '={{ $json.body.amount }}',
	});
	const file = chain('wait', started, wait, ship);
	const paid = [{ node: ship.name, type: 'main', index: 0 }];
	// The first output is "Not paid".
	return { ...file, connections: { ...file.connections, [wait.name]: { main: [[], paid] } } };
}
