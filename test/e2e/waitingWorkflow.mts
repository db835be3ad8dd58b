import type { WorkflowFile, WorkflowNode } from '../n8n/client.mts';
import { CREDENTIAL_TYPE } from '../n8n/shop.mts';

const ACTION = 'n8n-nodes-ponponpay.ponponPay';
/** What the outputs of a waiting node lead to. */
export const ENDS = ['Not paid', 'Paid'] as const;

let nodes = 0;

function node(
	name: string,
	type: string,
	parameters: object,
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	nodes += 1;
	const id = `0d0e9c4e-5f0c-4a0b-9d52-${String(nodes).padStart(12, '0')}`;
	return {
		id,
		name,
		type,
		typeVersion: 1,
		position: [nodes * 200, 0],
		parameters,
		...more,
	} as WorkflowNode;
}

/** A resource locator as the editor stores it. */
export function locator(mode: string, value: string): object {
	return { __rl: true, mode, value };
}

/** A node of ours; the shop fills in its credential. */
export function ponponPay(name: string, parameters: object): WorkflowNode {
	const credentials = { [CREDENTIAL_TYPE]: { id: '', name: '' } };
	return node(name, ACTION, { resource: 'order', ...parameters }, { credentials });
}

export const newOrder = {
	amount: '={{ $json.amount ?? "12" }}',
	currency: locator('id', 'USDT'),
	network: locator('id', 'tron'),
};

/** Makes an order that wakes this execution. */
export function create(name = 'Create', options: object = {}): WorkflowNode {
	return ponponPay(name, {
		operation: 'create',
		...newOrder,
		options: { notifyExecution: true, ...options },
	});
}

/** Waits for the order of the item that comes in. */
export function wait(name = 'Wait', parameters: object = {}): WorkflowNode {
	const order = locator('tradeId', '={{ $json.tradeId }}');
	return ponponPay(name, { operation: 'wait', order, ...parameters });
}

/** Makes `count` items of one: amounts 11, 12, … */
export function split(count: number): WorkflowNode {
	const jsCode = `return Array.from({ length: ${count} }, (_, index) => ({ json: { amount: String(11 + index) } }));`;
	return node('Items', 'n8n-nodes-base.code', { jsCode }, { typeVersion: 2 });
}

type Chain = {
	name: string;
	/** One after the other; the last one's outputs lead to "Not paid" and "Paid". */
	chain: WorkflowNode[];
	path: string;
};

/** A workflow that a POST to `/webhook/<path>`, or a person, starts. */
export function waitingWorkflow({ name, chain, path }: Chain): WorkflowFile {
	const webhookId = `b3b1e7a0-0000-4000-8000-${String(nodes).padStart(12, '0')}`;
	const starts = [
		node(
			'Webhook',
			'n8n-nodes-base.webhook',
			{ path, httpMethod: 'POST' },
			{ typeVersion: 2, webhookId },
		),
		node('By hand', 'n8n-nodes-base.manualTrigger', {}),
	];
	const ends = ENDS.map((end) => node(end, 'n8n-nodes-base.noOp', {}));
	const to = (target: WorkflowNode) => ({ node: target.name, type: 'main', index: 0 });
	const connections: Record<string, { main: unknown[][] }> = {};
	for (const start of starts) connections[start.name] = { main: [[to(chain[0])]] };
	chain.forEach((from, index) => {
		const next = chain[index + 1];
		const waits = String(from.parameters.operation).toLowerCase().endsWith('wait');
		if (next === undefined) connections[from.name] = { main: ends.map((end) => [to(end)]) };
		else if (waits) connections[from.name] = { main: [[], [to(next)]] };
		else connections[from.name] = { main: [[to(next)]] };
	});
	return {
		name,
		nodes: [...starts, ...chain, ...ends],
		connections,
		settings: { executionOrder: 'v1' },
	} as WorkflowFile;
}

/**
 * Makes two orders, then waits for each in a branch of its own; the first one's outputs lead to "Not paid" and "Paid", the
 * second one's "Paid" to "Paid too".
 */
export function forkedWorkflow(name: string, path: string): WorkflowFile {
	const first = create('Create');
	const second = create('Create too');
	const ofNode = (creator: WorkflowNode) =>
		locator('tradeId', `={{ $('${creator.name}').item.json.tradeId }}`);
	// n8n takes the upper branch first.
	const waitToo: WorkflowNode = {
		...wait('Wait too', { order: ofNode(second) }),
		position: [0, 400],
	};
	const file = waitingWorkflow({
		name,
		chain: [first, second, wait('Wait', { order: ofNode(first) })],
		path,
	});
	const paidToo = node('Paid too', 'n8n-nodes-base.noOp', {});
	const to = (target: WorkflowNode) => ({ node: target.name, type: 'main', index: 0 });
	const connections = file.connections as Record<string, { main: object[][] }>;
	connections[second.name].main[0].push(to(waitToo));
	connections[waitToo.name] = { main: [[], [to(paidToo)]] };
	return { ...file, nodes: [...file.nodes, waitToo, paidToo] };
}
