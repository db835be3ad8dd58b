import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IRunExecutionData,
	type IWebhookFunctions,
} from 'n8n-workflow';

import type { Order } from '../../shared/model/order';

export type WaitedFor = { order: Order; itemIndex: number };

/**
 * What a waiting node has to know when it runs again. Kept by n8n with the suspended execution, so that it survives a
 * restart.
 */
export type Waiting = {
	/** Of this suspension; the next one of the same node has another. */
	id: string;
	/** The orders waited for as last seen, each with the item it belongs to. */
	orders: WaitedFor[];
	/** Items that could not be started, where the node continues on fail. They leave with the others. */
	failed: INodeExecutionData[];
	/** Unix milliseconds: after that the node gives up. */
	deadline: number;
};

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
 * n8n offers no function for this; the stack of the execution is reached through the context's own member. Measured with
 * n8n 2.41 and 1.123 (SQLite, main mode).
 *
 * @throws NodeOperationError where n8n keeps its stack elsewhere: better a message than a node that never wakes
 */
export async function suspend(
	context: IExecuteFunctions,
	waiting: Waiting,
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
		runIndex: Number(context.getWorkflowDataProxy(0).$runIndex),
		metadata: {
			...(entry.metadata as Metadata | undefined),
			[STATE]: waiting,
		} as StackEntry['metadata'],
	};
	stack.unshift(again);
	entry.data = { main: [[]] };
	await context.putExecutionToWait(until);
}

/**
 * Ends n8n's option "Always Output Data" for this run: it would put an item of nothing on output 0 when the node is
 * suspended, and again when orders leave by the other outputs.
 */
export function outputOnlyOrders(context: IExecuteFunctions): void {
	const entry = context.getExecuteData();
	entry.node = { ...entry.node, alwaysOutputData: false };
}

/** What this node was waiting for, if it runs again after a suspension. */
export function recallWaiting(context: IExecuteFunctions): Waiting | undefined {
	return waitingOf(context.getExecuteData());
}

/** What the suspended node is waiting for; for the webhook that may wake it. */
export function findWaiting(context: IWebhookFunctions): Waiting | undefined {
	const { name } = context.getNode();
	const entry = executionStack(context)?.find(
		(candidate) => candidate.node.name === name && waitingOf(candidate) !== undefined,
	);
	return entry && waitingOf(entry);
}

function waitingOf(entry: Pick<StackEntry, 'metadata'>): Waiting | undefined {
	return (entry.metadata as Metadata | undefined)?.[STATE] as Waiting | undefined;
}

function executionStack(context: object): StackEntry[] | undefined {
	const { runExecutionData } = context as { runExecutionData?: IRunExecutionData | null };
	const stack = runExecutionData?.executionData?.nodeExecutionStack;
	return Array.isArray(stack) ? stack : undefined;
}
