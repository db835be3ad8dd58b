import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isSuccess } from '../signature/refusal';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Tells the status of the answer, whoever gives it, in the moment it is given.
 *
 * n8n tells a trigger nothing of what becomes of its items. But in the ways our trigger lets it answer, it does so with
 * 2xx only after it has stored the execution (or, when the answer waits for the workflow's end, after that), and with 500
 * when it could not. The events of the response will not do: they stay away when the sender has hung up meanwhile.
 *
 * Seen in n8n-core 1.120 to 2.41: `webhook()` gets the very object by which n8n's server answers later. Were it another one, an
 * event that n8n could not store would count as taken, and its repetition as a duplicate: a payment would be lost.
 * When the server answers is held on 2.41.1 and 1.123.81 by test/e2e/once.test.mts.
 */
export function onAnswer(response: Response, callback: (status: number) => void): void {
	const end = response.end.bind(response) as (...args: unknown[]) => Response;
	let isAnswered = false;
	response.end = ((...args: unknown[]) => {
		if (!isAnswered) {
			isAnswered = true;
			callback(response.statusCode);
		}
		return end(...args);
	}) as Response['end'];
}

/**
 * Answers that the delivery could not be taken now, past n8n: nothing starts, and what was used up for it is given back.
 *
 * Seen in n8n 1.123.81 and 2.41.1: with `noWebhookResponse` the server leaves an answer alone that was given already. Were
 * it to answer 200 itself, PonponPay would not repeat the event. It is held there by test/e2e/loop.test.mts (a forgery gets
 * 401, by the same way) and test/e2e/wait.test.mts.
 */
export function respond503(context: IWebhookFunctions): IWebhookResponseData {
	context.getResponseObject().status(503).end();
	return { noWebhookResponse: true };
}

/**
 * Ends when the client has gone, or has its answer: nobody waits for one any more.
 *
 * Seen in n8n-core 1.120 to 2.41: the response is Node's own, which tells when its connection is closed. Without that an event
 * whose sender has hung up would hold its request for as long as the first of its copies takes.
 */
export async function clientClosed(response: Response): Promise<void> {
	if (response.closed) return;
	await new Promise<void>((resolve) => response.once('close', () => resolve()));
}

/**
 * Gives back what was used up for a delivery that was not taken: it may come again as it is, with the nonce it has.
 *
 * Seen in n8n 1.123.81 and 2.41.1, as {@link onAnswer}. Without it the repetition of a delivery that n8n could not store would
 * be refused as received before.
 */
export function releaseUnlessTaken(context: IWebhookFunctions, release: () => void): void {
	onAnswer(context.getResponseObject(), (status) => {
		if (!isSuccess(status)) release();
	});
}
