import type { IWebhookFunctions } from 'n8n-workflow';

import { CALLS_FUNCTIONS } from './webhookDescription';

/**
 * The response mode of a webhook that answers as soon as n8n has stored the execution, and not with 2xx when it could not.
 *
 * `onReceived` is that since n8n 2.7 (github.com/n8n-io/n8n/pull/24876), and so wherever n8n calls functions. Before, it
 * answered 200 first; there it is what n8n has for the start of forms.
 *
 * It is n8n's server that answers: seen in 1.123.81 and 2.41.1, and held there by test/e2e/wait.test.mts ("after
 * n8n could not store that it was woken") and test/e2e/once.test.mts. Without it an event that n8n could not store would be acknowledged, and lost.
 */
export const AT_ONCE = CALLS_FUNCTIONS ? 'onReceived' : 'formPage';

/** What the sender of a delivery reads. */
export const ACCEPTED = 'OK';

/** What n8n 1 keeps an expression engine for, until it is told that the request is over. */
type WithEngine = { workflow?: { expression?: { releaseIsolate?: () => Promise<void> } } };

/**
 * Makes n8n's answer about a form that was started, which names the execution, the one of all other deliveries.
 *
 * n8n then forgets that the request is over, and would keep its expression engine, 11 MB, for good; nothing is evaluated
 * for the request any more, and the execution has an engine of its own.
 *
 * Seen in n8n-core 1.120 to 2.30: the context holds its workflow, and that its expressions; these have an engine to give back in
 * 1.122, 2.20 and 2.30, and none in 1.120 and 2.0. Without it a trigger on n8n 1 keeps 11 MB of each delivery. test/e2e/loop.test.mts holds the answer on 1.123.81.
 */
export function answerAtOnce(context: IWebhookFunctions): void {
	if (AT_ONCE !== 'formPage') return;
	const response = context.getResponseObject();
	const send = response.send.bind(response);
	response.send = (body: unknown) => {
		if (!isAboutForm(body)) return send(body);
		const { workflow } = context as WithEngine;
		// An engine that was given back already is none of the sender's business.
		void workflow?.expression?.releaseIsolate?.().catch(() => undefined);
		return send(ACCEPTED);
	};
}

function isAboutForm(body: unknown): boolean {
	return typeof body === 'object' && body !== null && 'formWaitingUrl' in body;
}
