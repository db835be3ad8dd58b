import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { FirstExecution } from '../model/identifiers';
import { parseUrl } from '../model/publicUrl';
import { baseResumeUrl } from './workflowData';

/** What n8n's contexts hold of the execution, beside what their type offers. */
type Insides = {
	additionalData?: { currentNodeExecutionIndex?: number };
	runExecutionData?: { resultData?: { runData?: Record<string, StoredRun[]> } };
};

/** One run of a node, as n8n stores it. */
type StoredRun = {
	executionStatus?: string;
	data?: { main?: Array<Array<{ json: IDataObject }> | null> };
};

/** Which execution a node first ran in. */
export type RetryIdentity = {
	readonly execution: FirstExecution;
	/** `false` where this is another try of an execution of which nothing is known; then `execution` is this try. */
	readonly isKnown: boolean;
};

/**
 * The execution in which this node first ran.
 *
 * n8n's button "Retry execution" starts another execution with another number, which must find what the first one created, also
 * where one or several tries were killed. Newer n8n hands on what it has drawn for the first. Older n8n hands on the node's
 * context, and only of an execution that it lived to store; of another nothing can be known.
 *
 * Seen in n8n-core 1.120 to 2.41: the node's context, and `currentNodeExecutionIndex` and `runExecutionData` in the context; what
 * is drawn as {@link executionToken} says. Without it a retry would create orders and refunds a second time, or, after n8n was
 * killed, would stop and say so. With a server it is held on 2.41.1 and 1.123.81 by test/e2e/retry.test.mts.
 */
export function retryIdentity(context: IExecuteFunctions): RetryIdentity {
	const drawn = executionToken(context);
	if (drawn !== '') return { execution: { drawn }, isKnown: true };
	const memory = context.getContext('node');
	const first = memory.firstExecutionId ?? context.getExecutionId();
	const isKnown =
		memory.firstExecutionId !== undefined || context.getMode() !== 'retry' || isFirstRun(context);
	if (isKnown) memory.firstExecutionId = first;
	return { execution: { number: String(first) }, isKnown };
}

/**
 * Whether a node that remembers nothing had not run before: an execution that ended by itself has stored every node that
 * ran. Of one that was killed nothing is stored but what n8n makes up from its log.
 */
function isFirstRun(context: IExecuteFunctions): boolean {
	const { runExecutionData, additionalData } = context as unknown as Insides;
	const runData = runExecutionData?.resultData?.runData ?? {};
	if (context.getNode().name in runData) return false;
	const runs = Object.values(runData).flat();
	// It counts the nodes of this try only, this one among them.
	const thisTry = (additionalData?.currentNodeExecutionIndex ?? Infinity) - 1;
	return runs.length > thisTry && !runs.some(isMadeUp);
}

function isMadeUp({ executionStatus, data }: StoredRun): boolean {
	const item = data?.main?.[0]?.[0];
	return executionStatus === 'crashed' || item?.json.isArtificialRecoveredEventItem === true;
}

/**
 * What n8n draws for each execution and stores with its data, which a retry goes on with; empty where it draws none.
 *
 * It guards the resume URL, so only its hash may leave n8n.
 *
 * Seen in n8n-core 2.14 to 2.41, none in 1.120 to 2.11. Without it two executions of one number, as after n8n's database was set
 * up anew, derive the same ids, and the second finds the orders of the first.
 */
export function executionToken(context: IExecuteFunctions): string {
	const url = parseUrl(baseResumeUrl(context) ?? '');
	return url?.searchParams.get('signature') ?? '';
}
