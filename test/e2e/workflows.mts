import { randomUUID } from 'node:crypto';

import type { WorkflowFile, WorkflowNode } from '../n8n/client.mts';
import { CREDENTIAL_TYPE } from '../n8n/shop.mts';

/** A node with what n8n wants to know beside what it does. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	const isOurs = type.startsWith('n8n-nodes-ponponpay.');
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		// Taken by those that listen to webhooks, ignored by the others.
		webhookId: randomUUID(),
		...(isOurs && { credentials: { [CREDENTIAL_TYPE]: { id: '', name: '' } } }),
	};
}

/** A node of ours that acts. */
export function ponponPay(name: string, parameters: Record<string, unknown>): WorkflowNode {
	return node(name, 'n8n-nodes-ponponpay.ponponPay', 1, parameters);
}

/** A trigger of ours. */
export function ponponPayTrigger(parameters: Record<string, unknown>): WorkflowNode {
	return node('PonponPay Trigger', 'n8n-nodes-ponponpay.ponponPayTrigger', 2, parameters);
}

/** The button "Execute workflow", as a node named "Start". */
export function manualStart(): WorkflowNode {
	return node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
}

/** n8n's Webhook node, answering with the first item of the workflow's last node. */
export function webhook(path: string): WorkflowNode {
	return node('Webhook', 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		options: {},
	});
}

/** A workflow of nodes that follow one another. */
export function chain(name: string, ...nodes: WorkflowNode[]): WorkflowFile {
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name: from }, i) => [
				from,
				{ main: [[{ node: nodes[i + 1].name, type: 'main', index: 0 }]] },
			]),
	);
	const placed = nodes.map((each, i): WorkflowNode => ({ ...each, position: [i * 220, 0] }));
	return { name, nodes: placed, connections };
}
