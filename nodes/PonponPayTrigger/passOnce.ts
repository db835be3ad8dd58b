import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Claims } from '../shared/n8n/claimStore';
import { ignoreAlwaysOutputData, stopOnFailure } from '../shared/n8n/nodeSettings';
import { retryIdentity } from '../shared/n8n/retryIdentity';
import { beginInExecution, said } from '../shared/once/beginInExecution';
import { claimsOf } from '../shared/once/claims';
import { EventClaims, type Begun } from '../shared/once/eventClaims';
import { takeAdmission, type Admission } from './admission';

/** What is to become of an event: it starts the workflow, perhaps marked, or nothing; or another execution works on it. */
type Verdict =
	{ readonly isDuplicate: boolean; readonly isStale: boolean } | 'dropped' | 'underWay';

/**
 * Passes on what webhook() has let in, once: webhook() knows only what its own process has seen since it was started; an
 * execution can ask n8n's database, which all processes share and which outlives them.
 *
 * Where the database cannot be asked the event passes, because twice is better than never, and n8n's log says so.
 *
 * @throws NodeOperationError where another execution works on the same event and takes long: PonponPay then tells it again
 */
export async function passOnce(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const passed: INodeExecutionData[] = [];
	let isUnderWay = false;
	for (const given of context.getInputData()) {
		const { item, admission } = takeAdmission(given);
		// Somebody who tries a workflow out wants to receive the same sample again and again.
		const isChecked = admission !== undefined && context.getMode() !== 'manual';
		const verdict = isChecked ? await judgeOrPass(context, admission) : undefined;
		isUnderWay ||= verdict === 'underWay';
		if (verdict === undefined || typeof verdict === 'object') passed.push(mark(item, verdict));
	}
	ignoreAlwaysOutputData(context);
	stopOnFailure(context);
	if (isUnderWay) throw underWay(context);
	return passed;
}

async function judgeOrPass(
	context: IExecuteFunctions,
	admission: Admission,
): Promise<Verdict | undefined> {
	try {
		return await judge(context, admission);
	} catch (error) {
		context.logger.warn(
			`${subjectOf(context)} let an event in without knowing whether another n8n process has had it: ${said(error)}`,
		);
		return undefined;
	}
}

async function judge(context: IExecuteFunctions, admission: Admission): Promise<Verdict> {
	const store = await claimsOf(context);
	const { execution, isKnown } = retryIdentity(context);
	const owner = JSON.stringify(execution);
	const claims = new EventClaims(store, admission, owner, Date.now);
	if (!(await isFirstCopy(store, admission, owner, isKnown))) return 'dropped';

	const begun = await begin(context, claims, admission);
	// A person who tries an execution again of which nothing is known must not be left with nothing.
	if (begun === 'underWay' && isKnown) return 'underWay';
	const isDuplicate = begun === 'known' && isKnown;
	if (isDuplicate && admission.duplicates === 'skip') return 'dropped';

	const overtaken = admission.overtakenBy.map(async (key) => await store.isClaimed(key));
	const isStale = (await Promise.all(overtaken)).includes(true);
	return isStale && admission.late === 'skip' ? 'dropped' : { isDuplicate, isStale };
}

/** Where duplicates are passed on, a signed delivery that was recorded and sent again to another process still is none. */
async function isFirstCopy(
	store: Claims,
	{ duplicates, respond, nonceKey }: Admission,
	owner: string,
	isKnown: boolean,
): Promise<boolean> {
	// Where the workflow may still fail, the very same delivery may have to come again.
	if (duplicates === 'skip' || respond === 'lastNode' || nonceKey === undefined) return true;
	return (await store.claim(`delivery ${nonceKey}`, owner)) === 'mine' || !isKnown;
}

async function begin(
	context: IExecuteFunctions,
	claims: EventClaims,
	{ respond }: Admission,
): Promise<Begun> {
	if (respond !== 'lastNode') return await claims.claim();
	return await beginInExecution(
		context,
		claims,
		(hasSucceeded) => hasSucceeded,
		subjectOf(context),
	);
}

function subjectOf(context: IExecuteFunctions): string {
	return `PonponPay Trigger "${context.getNode().name}"`;
}

function mark(
	{ json, ...item }: INodeExecutionData,
	verdict: Exclude<Verdict, string> | undefined,
): INodeExecutionData {
	const isDuplicate = json.isDuplicate === true || verdict?.isDuplicate === true;
	const isStale = json.isStale === true || verdict?.isStale === true;
	return { ...item, json: { ...json, isDuplicate, isStale }, pairedItem: { item: 0 } };
}

function underWay(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		'Another execution of this workflow is working on the same event',
		{
			description:
				'Nothing is lost: PonponPay tells the event again, and it starts the workflow then, if the other execution has not finished it.',
		},
	);
}
