import type { IExecuteFunctions, IWebhookDescription } from 'n8n-workflow';

import { AT_ONCE } from './answerAtOnce';
import { baseResumeUrl } from './workflowData';

/** Last part of the address under which a waiting node of this package is woken; other waiting nodes have other ones. */
const WAKE_PATH = 'ponponpay';

/**
 * Answered only while an execution is suspended; nothing is registered anywhere, so that there is nothing to clean up.
 *
 * Seen in n8n 1.123.81 and 2.41.1: `restartWebhook` lets the server look for the path at the suspended node. Without it callbacks are
 * answered 404 and a waiting node wakes only when its time is up. It is held there by test/e2e/wait.test.mts.
 */
export const WAKE_WEBHOOKS: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: AT_ONCE,
		responseData: '',
		path: WAKE_PATH,
		restartWebhook: true,
	},
];

/**
 * The address that wakes this execution once it waits for a payment.
 *
 * n8n's resume URL is the same for every node of an execution; the path tells whose callback it is. Knowing the address
 * is worth nothing: a callback must be signed, and then PonponPay is asked.
 *
 * Seen in n8n-core 1.120 to 2.41, and that the server takes a path behind it in 1.123.81 and 2.41.1, where
 * test/e2e/wait.test.mts holds it. Without the path a callback would meet whichever node of the execution waits.
 */
export function resumeUrl(context: IExecuteFunctions): string {
	const url = new URL(baseResumeUrl(context) ?? '');
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${WAKE_PATH}`;
	return url.toString();
}
