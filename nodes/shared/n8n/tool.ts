import type { INode } from 'n8n-workflow';

/**
 * Whether a node runs as a tool of an AI agent.
 *
 * Seen in n8n 1.123.81 and 2.41.1: the server makes a second type of each node with `usableAsTool`, its name with "Tool" behind it.
 * Were it named otherwise, a tool would suspend the agent's execution and never wake. n8n-core knows nothing of that type;
 * held on 2.41.1 by test/e2e/agent.test.mts.
 */
export function isTool(context: { getNode(): INode }): boolean {
	return context.getNode().type.endsWith('Tool');
}
