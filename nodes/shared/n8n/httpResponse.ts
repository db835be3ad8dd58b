import type { IWebhookFunctions } from 'n8n-workflow';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Tells the status of the answer, whoever gives it and however, once.
 *
 * n8n tells a trigger nothing of what becomes of its items. But in the ways our trigger lets it answer, it does so with
 * 2xx only after it has stored the execution (or, when the answer waits for the workflow's end, after that), and with 500
 * when it could not. The events of the response alone will not do: they stay away when the sender has hung up meanwhile, and
 * `end` is called all the same. A connection that closes before there is an answer is no answer: n8n may be running the workflow.
 *
 * Seen in n8n-core 1.120 to 2.41: `webhook()` gets the very object by which n8n's server answers later. Were it another one, an
 * event that n8n could not store would count as taken, and its repetition as a duplicate: a payment would be lost.
 * When the server answers is held on 2.41.1 and 1.123.81 by test/e2e/once.test.mts.
 */
export function onAnswer(response: Response, callback: (status: number) => void): void {
	let isAnswered = false;
	const tell = () => {
		if (isAnswered) return;
		isAnswered = true;
		callback(response.statusCode);
	};
	const end = response.end.bind(response) as (...args: unknown[]) => Response;
	response.end = ((...args: unknown[]) => {
		tell();
		return end(...args);
	}) as Response['end'];
	// Who has kept the `end` of before, as programs between n8n and the connection do, ends it past ours.
	response.once('finish', tell);
	// Comes after every error and abort, too.
	response.once('close', () => {
		if (response.writableEnded) tell();
	});
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
