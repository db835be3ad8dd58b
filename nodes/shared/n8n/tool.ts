import type { IExecuteFunctions, INode } from 'n8n-workflow';

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

/**
 * What n8n keeps of this execution while it runs: the same object for all calls and tries of its tools, and for no other execution.
 *
 * Seen in n8n-core 1.120 to 2.41 in every context; no type names it. Without it two calls of a tool that say the same could not
 * be told from one that is tried twice.
 */
export function runningExecution(context: IExecuteFunctions): object {
	return (context as unknown as { runExecutionData?: object | null }).runExecutionData ?? context;
}
