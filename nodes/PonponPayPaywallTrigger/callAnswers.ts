import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answerPast } from '../shared/n8n/answerPast';
import type { RecordedAnswer } from '../shared/n8n/recordAnswer';
import { paymentPage } from '../shared/x402/paymentPage';
import { paymentRequired } from '../shared/x402/paymentRequired';
import { responseHeader, type Settlement } from '../shared/x402/settlement';
import { encodeHeader, HEADER } from '../shared/x402/x402Header';
import type { PaywallSettings } from './paywallSettings';

/** Nobody in between may keep what was paid for; and programs in a browser may read what this is about. */
export const COMMON_HEADERS = {
	'Cache-Control': 'private, no-store',
	'Access-Control-Expose-Headers': `${HEADER.required}, ${HEADER.response}, Retry-After`,
} as const;

/** How long a buyer is asked to wait before the same proof is sent again, in seconds. */
const RETRY_AFTER_SECONDS = 5;

/** A code for programs, a sentence for people, and by what the payment is known. */
type Told = { readonly code: string; readonly message: string; readonly paymentId?: string };

/**
 * What has to be paid, for programs and, in a browser, for people.
 *
 * @param error a sentence without its full stop
 * @param refused what became of a payment that came with the call
 */
export function askForPayment(
	context: IWebhookFunctions,
	{ resource, requirements }: PaywallSettings,
	error: string,
	refused?: Settlement,
): IWebhookResponseData {
	const asked = paymentRequired(resource, requirements, error);
	const headers = {
		...(refused === undefined ? COMMON_HEADERS : paidHeaders(refused)),
		[HEADER.required]: encodeHeader(asked),
		Vary: 'Accept',
	};
	const { accept = '' } = context.getRequestObject().headers;
	if (!/\btext\/html\b/i.test(accept)) return answerPast(context, 402, headers, asked);
	const html = { ...headers, 'Content-Type': 'text/html; charset=utf-8' };
	return answerPast(context, 402, html, paymentPage(asked));
}

/** Asks to send the same once more, later. */
export function askToComeAgain(
	context: IWebhookFunctions,
	status: 429 | 503,
	told: Told,
	afterSeconds = RETRY_AFTER_SECONDS,
): IWebhookResponseData {
	return answerPast(context, status, { ...COMMON_HEADERS, 'Retry-After': afterSeconds }, told);
}

/** The payment was answered, and its answer is gone. */
export function sayAnswered(
	context: IWebhookFunctions,
	settlement: Settlement,
): IWebhookResponseData {
	return answerPast(context, 409, paidHeaders(settlement), answeredBefore(settlement));
}

/** What is said of a payment that was answered before. */
export function answeredBefore({ paymentId }: Settlement): Told {
	return {
		code: 'already_answered',
		message: 'This payment has been answered before, and the answer is no longer kept.',
		paymentId,
	};
}

/** A payment is for one request. */
export function sayPaysForAnother(
	context: IWebhookFunctions,
	{ paymentId }: Settlement,
): IWebhookResponseData {
	return answerPast(context, 409, COMMON_HEADERS, {
		code: 'paid_for_another_request',
		message: 'This payment was sent with another request before, and pays for that alone.',
		paymentId,
	});
}

/** The first answer once more. */
export function answerAgain(
	context: IWebhookFunctions,
	{ status, headers, body }: RecordedAnswer,
): IWebhookResponseData {
	return answerPast(context, status, headers, body);
}

/** What is said of a payment whose workflow did not come to its end. */
export function notFinished({ paymentId }: Settlement): Told {
	return {
		code: 'workflow_not_finished',
		message:
			'The payment was taken, but the workflow did not come to its end. Send the same payment again: it is not charged twice.',
		paymentId,
	};
}

export function paidHeaders(settlement: Settlement): Record<string, string> {
	return { ...COMMON_HEADERS, [HEADER.response]: responseHeader(settlement) };
}

/** What another call has begun with the same payment has not ended. */
export function stillUnderWay(context: IWebhookFunctions): IWebhookResponseData {
	return askToComeAgain(context, 503, {
		code: 'under_way',
		message:
			'This payment is being worked on by another call. Send it again: it is not charged twice.',
	});
}
