import type { IWebhookResponseData } from 'n8n-workflow';

import { recordAnswer } from '../shared/n8n/recordAnswer';
import { Attempt } from '../shared/once/attempt';
import { waitForEnd } from '../shared/once/waitForEnd';
import {
	answerAgain,
	answeredBefore,
	notFinished,
	paidHeaders,
	sayAnswered,
	sayPaysForAnother,
	stillUnderWay,
} from './callAnswers';
import { LONGEST_KEPT } from './keptAnswers';
import type { Payment } from './paidCall';
import { withNote } from './paidNote';
import { paidItem } from './paidItem';
import type { Call } from './call';

/** After how long a workflow that answers nothing counts as lost, in milliseconds. */
const RUN_LEASE_MS = 60 * 60_000;

/**
 * Starts the workflow for a payment, once: where it has been answered before, the answer is given again, or it is said that
 * there was one. A run that did not come to its end is made up for.
 *
 * @param isReplay whether the payment had been settled before this call
 */
export async function servePayment(
	call: Call,
	payment: Payment,
	isReplay: boolean,
): Promise<IWebhookResponseData> {
	const { context, settings, memory } = call;
	const { settlement } = payment;
	if (payment.request !== call.request) return sayPaysForAnother(context, settlement);
	while (payment.run?.isUnderWay(Date.now())) {
		if (!(await waitForEnd(payment.run, context.getResponseObject()))) {
			return stillUnderWay(context);
		}
	}
	if (payment.isAnswered && settings.again === 'answer') {
		const kept = memory.answers.get(memory.keyOf(settlement.paymentId));
		return kept === undefined ? sayAnswered(context, settlement) : answerAgain(context, kept);
	}
	const run = new Attempt(Date.now() + RUN_LEASE_MS);
	// Taken before anything is waited for, so that of two calls one runs the workflow.
	payment.run = run;
	hearAnswer(call, payment, run, isReplay);
	const item = withNote(await paidItem(context, settlement, isReplay), {
		paymentId: settlement.paymentId,
		mayRunAgain: settings.again === 'run',
		headers: paidHeaders(settlement),
		body: answeredBefore(settlement),
	});
	return { workflowData: [[item]] };
}

/** Prepares the answer that n8n will give, and learns from it what became of the payment. */
function hearAnswer(
	{ context, settings, memory }: Call,
	{ settlement }: Payment,
	run: Attempt,
	isReplay: boolean,
): void {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(paidHeaders(settlement))) {
		response.setHeader(name, value);
	}
	recordAnswer(response, {
		mostBytes: LONGEST_KEPT,
		replace: (status, body) => {
			// The execution found that another one has answered this payment, and put nothing out.
			if (isReplay && isEmptyOutput(status, body)) {
				return { status: 409, body: answeredBefore(settlement) };
			}
			return status >= 500 && isN8ns(body) ? { status, body: notFinished(settlement) } : undefined;
		},
		onEnd: (answer) => {
			const isAnswered = answer.status < 500;
			if (isAnswered && answer.isWhole && answer.status !== 409) {
				memory.answers.keep(memory.keyOf(settlement.paymentId), answer, settings.keepFor);
			}
			run.end(isAnswered);
		},
	});
}

/** Whether n8n says that the last node has put nothing out: in words, or by a list of nothing. */
function isEmptyOutput(status: number, body: Buffer): boolean {
	const text = body.toString('utf8');
	return status >= 500 ? /"message":"No item (?:to return )?was found/.test(text) : text === '[]';
}

/** Whether n8n itself says that the workflow did not come to its end; a workflow may answer with such a status, too. */
function isN8ns(body: Buffer): boolean {
	return /^\{(?:"code":\d+,)?"message":"[^"]*"[^{}[\]]*\}$/.test(body.toString('utf8'));
}
