import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Tells the status of the answer, whoever gives it, in the moment it is given.
 *
 * n8n tells a trigger nothing of what becomes of its items. But in the ways our trigger lets it answer, it does so with
 * 2xx only after it has stored the execution (or, when the answer waits for the workflow's end, after that), and with 500
 * when it could not. The events of the response will not do: they stay away when the sender has hung up meanwhile.
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

/** Answers that the delivery could not be taken now, past n8n: nothing starts, and what was used up for it is given back. */
export function askToRepeat(context: IWebhookFunctions): IWebhookResponseData {
	context.getResponseObject().status(503).end();
	return { noWebhookResponse: true };
}

/** Ends when nobody waits for the answer any more. */
export async function hungUp(response: Response): Promise<void> {
	if (response.closed) return;
	await new Promise<void>((resolve) => response.once('close', () => resolve()));
}
