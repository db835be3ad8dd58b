import {
	NodeOperationError,
	type IExecuteFunctions,
	type IRunExecutionData,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { runIndex } from './workflowData';

/** Our member of what n8n stores with an entry of its execution stack. */
const STATE = 'ponponPayWaiting';

type StackEntry = NonNullable<IRunExecutionData['executionData']>['nodeExecutionStack'][number];
type Metadata = Record<string, unknown>;

/**
 * Suspends the execution, to run this node again at a time or when a callback wakes it, whichever comes first.
 *
 * n8n by itself never runs a suspended node again: at the time given, or when its webhook resumes it, the node only passes
 * on what it was given. So it is given nothing to pass on, and behind it stands the same node once more as the next thing
 * to be executed. That way one piece of code, execute(), decides in every case which order leaves by which output, and
 * whatever n8n does on its own can put nothing on the output "Paid".
 *
 * n8n offers no function for this; the stack of the execution is reached through the context's own member. Seen in n8n-core
 * 1.120 to 2.41; with a server (SQLite, main mode) in 1.123.81 and 2.41.1, where test/e2e/wait.test.mts holds it. Without
 * the stack no node can wait.
 *
 * @param state what the node has to know when it runs again; n8n stores it as JSON with the execution
 * @throws NodeOperationError where n8n keeps its stack elsewhere: better a message than a node that never wakes
 */
export async function suspend(
	context: IExecuteFunctions,
	state: object,
	until: Date,
): Promise<void> {
	const stack = executionStack(context);
	if (stack === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			'This version of n8n does not let a node wait for a payment',
			{
				description:
					'Use a second workflow that starts with the PonponPay Trigger instead, or another version of n8n.',
			},
		);
	}
	const entry = context.getExecuteData();
	const again: StackEntry = {
		...entry,
		// A node of its own: n8n marks the suspended one as disabled.
		node: { ...entry.node },
		// n8n then counts both runs as one, so that later nodes find the items they are paired with.
		runIndex: runIndex(context),
		metadata: {
			...(entry.metadata as Metadata | undefined),
			[STATE]: state,
		} as StackEntry['metadata'],
	};
	stack.unshift(again);
	entry.data = { main: [[]] };
	await context.putExecutionToWait(until);
}

/**
 * Hands an address to the tooltip of the waiting node, which the editor shows instead of the node's output.
 *
 * The tooltip reads no data of the execution but `$execution.resumeUrl`, which the editor takes from the metadata of the node's run.
 *
 * Seen in n8n-core 2.41 that the metadata arrives there, and in the code of the editor of 2.41.1 that it is read. Without it the
 * tooltip is told n8n's own address, and shows no link.
 */
export function showWhileWaiting(context: IExecuteFunctions, url: string): void {
	context.setMetadata({ resumeUrl: url } as Parameters<typeof context.setMetadata>[0]);
}

/**
 * What this node was suspended with, if it runs again after a suspension.
 *
 * Seen in n8n-core 1.120 to 2.41: `getExecuteData()` is the stack's entry, with its metadata. Without it a woken node would
 * begin anew, and create its orders again.
 */
export function recallSuspension(context: IExecuteFunctions): unknown {
	return stateOf(context.getExecuteData());
}

/**
 * What the suspended node was suspended with; for the webhook that may wake it.
 *
 * Seen in n8n-core 1.120 to 2.41: the context holds the data of the execution, with its stack. Without it every callback would be
 * refused, and the node wake only when its time is up.
 */
export function findSuspension(context: IWebhookFunctions): unknown {
	const { name } = context.getNode();
	const entry = executionStack(context)?.find(
		(candidate) => candidate.node.name === name && stateOf(candidate) !== undefined,
	);
	return entry && stateOf(entry);
}

function stateOf(entry: Pick<StackEntry, 'metadata'>): unknown {
	return (entry.metadata as Metadata | undefined)?.[STATE];
}

function executionStack(context: object): StackEntry[] | undefined {
	const { runExecutionData } = context as { runExecutionData?: IRunExecutionData | null };
	const stack = runExecutionData?.executionData?.nodeExecutionStack;
	return Array.isArray(stack) ? stack : undefined;
}
