import type { IExecuteFunctions, IWebhookDescription } from 'n8n-workflow';

import { AT_ONCE } from '../../shared/webhook/answerAtOnce';

/** Last part of the address under which a waiting node of this package is woken; other waiting nodes have other ones. */
const WAKE_PATH = 'ponponpay';

/** Answered only while an execution is suspended; nothing is registered anywhere, so that there is nothing to clean up. */
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
 */
export function resumeUrl(context: IExecuteFunctions): string {
	const { resumeUrl: base } = context.getWorkflowDataProxy(0).$execution as { resumeUrl: string };
	const url = new URL(base);
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${WAKE_PATH}`;
	return url.toString();
}
