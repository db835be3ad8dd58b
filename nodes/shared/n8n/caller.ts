import type { IConnections, IExecuteFunctions } from 'n8n-workflow';

import { executionToken } from './retryIdentity';

/** What n8n's contexts hold of the execution, beside what their type offers. */
type Insides = {
	workflow?: { connectionsBySourceNode?: IConnections };
	runExecutionData?: { parentExecution?: { shouldResume?: boolean } } | null;
};

/**
 * What a workflow that has called this one does while this one is suspended: there is none that cares, it waits for what comes
 * of it, or it goes on before that is known.
 */
export type Caller = 'none' | 'waits' | 'goesOn';

/**
 * Who has called this workflow, as n8n's Execute Sub-workflow node does.
 *
 * Seen in n8n-core 1.120 to 2.41: `parentExecution` in what the context holds; with a server in 1.123.81, where a caller goes on
 * with its own input as soon as the called workflow runs again, even if that suspends itself once more, and in 2.41.1, where it is
 * given what came of it. n8n does that since 2.0; a context tells it from older ones by the execution's token, from 2.14 on.
 * test/e2e/calledWait.test.mts holds both. Without it a caller would go on as if an order were paid.
 */
export function callerOf(context: IExecuteFunctions): Caller {
	const parent = (context as unknown as Insides).runExecutionData?.parentExecution;
	if (parent === undefined || parent.shouldResume === false) return 'none';
	return parent.shouldResume === true && executionToken(context) !== '' ? 'waits' : 'goesOn';
}

/**
 * Whether a node stands behind this output of the node that runs.
 *
 * Seen in n8n-core 1.120 to 2.41 in the context's own workflow; what its type offers does not tell outputs apart. Without it every
 * output would look unused, and a called workflow could not wait.
 */
export function isConnected(context: IExecuteFunctions, output: number): boolean {
	const connections = (context as unknown as Insides).workflow?.connectionsBySourceNode;
	const targets = connections?.[context.getNode().name]?.main?.[output];
	return targets !== undefined && targets !== null && targets.length > 0;
}
