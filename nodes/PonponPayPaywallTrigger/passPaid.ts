import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { ignoreAlwaysOutputData, stopOnFailure } from '../shared/n8n/nodeSettings';
import { retryIdentity } from '../shared/n8n/retryIdentity';
import { beginInExecution, said } from '../shared/once/beginInExecution';
import { claimsOf } from '../shared/once/claims';
import { EventClaims, type Begun } from '../shared/once/eventClaims';
import { takeNote, type PaidNote } from './paidNote';

/**
 * How soon another process may make up for a run whose process was killed: after one to two of these, in milliseconds. A buyer
 * waits, and the proof in hand counts for a minute.
 */
const TAKEN_OVER_AFTER_MS = 10_000;

/**
 * Passes a paid call on, once: webhook() knows only what its own process has answered since it was started; an execution can ask
 * n8n's database, which all processes share and which outlives them.
 *
 * Where the database cannot be asked the call passes, because it is paid, and n8n's log says so.
 *
 * @throws NodeOperationError where another execution works on the same payment and takes long: the buyer then sends it again
 */
export async function passPaid(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const passed: INodeExecutionData[] = [];
	let isUnderWay = false;
	for (const given of context.getInputData()) {
		const { item, note } = takeNote(given);
		const isChecked = note !== undefined && context.getMode() !== 'manual';
		const begun = isChecked ? await beginOrPass(context, note) : 'new';
		isUnderWay ||= begun === 'underWay';
		if (begun === 'new') passed.push({ ...item, pairedItem: { item: 0 } });
		// Where the workflow answers by Respond to Webhook; else n8n says that nothing was put out.
		else if (begun === 'known' && note !== undefined) {
			const { headers, body } = note;
			await context.sendResponse({ statusCode: 409, headers, body });
		}
	}
	ignoreAlwaysOutputData(context);
	stopOnFailure(context);
	if (isUnderWay) throw underWay(context);
	return passed;
}

async function beginOrPass(context: IExecuteFunctions, note: PaidNote): Promise<Begun> {
	try {
		return await begin(context, note);
	} catch (error) {
		context.logger.warn(
			`${subjectOf(context)} started the workflow without knowing whether another n8n process has answered this payment: ${said(error)}`,
		);
		return 'new';
	}
}

async function begin(
	context: IExecuteFunctions,
	{ paymentId, mayRunAgain }: PaidNote,
): Promise<Begun> {
	const store = await claimsOf(context);
	const { execution, isKnown } = retryIdentity(context);
	const keys = [`paid call ${paymentId}`];
	const claims = new EventClaims(
		store,
		{ seenAs: keys, rememberAs: keys },
		JSON.stringify(execution),
		Date.now,
		undefined,
		TAKEN_OVER_AFTER_MS,
	);
	// The payment is answered once the execution has succeeded; one that has not lets the next one try.
	const isAnswered = (hasSucceeded: boolean) => hasSucceeded;
	const begun = await beginInExecution(context, claims, isAnswered, subjectOf(context));
	// A person who tries an execution again of which nothing is known must not be left with nothing.
	return (begun === 'known' && mayRunAgain) || !isKnown ? 'new' : begun;
}

function subjectOf(context: IExecuteFunctions): string {
	return `PonponPay Paywall Trigger "${context.getNode().name}"`;
}

function underWay(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		'Another execution of this workflow is working on the same payment',
		{
			description:
				'Nothing is lost: the buyer is asked to send the payment again, and is not charged twice.',
		},
	);
}
