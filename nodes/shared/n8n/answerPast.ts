import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/**
 * Answers a request by itself, with a status of its own, and starts no execution.
 *
 * Seen in n8n 1.123.81 and 2.41.1: everything that a node returns gets the status 200, so that a real status has to be sent
 * past n8n. Without that nobody would learn that a call must be paid. It is held there by test/e2e/paywall.test.mts.
 *
 * @param body an object as JSON, anything else as it is
 */
export function answerPast(
	context: IWebhookFunctions,
	status: number,
	headers: Readonly<Record<string, number | string | string[] | undefined>>,
	body: object | string | Buffer,
): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(status);
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) response.setHeader(name, value);
	}
	const isPlain = typeof body === 'string' || Buffer.isBuffer(body);
	if (!isPlain) response.setHeader('Content-Type', 'application/json; charset=utf-8');
	response.end(isPlain ? body : JSON.stringify(body));
	return { noWebhookResponse: true };
}
