import type { IWebhookFunctions } from 'n8n-workflow';

import { onAnswer } from '../n8n/httpResponse';
import { readRawBody } from '../n8n/rawBody';
import { RequestHeaders } from './headers';
import type { NonceMemory } from './replay';
import type { Delivery } from './verify';

/** The request that n8n hands to `webhook()`, as it came over the wire. */
export async function readDelivery(context: IWebhookFunctions): Promise<Delivery> {
	const { headers } = context.getRequestObject();
	return { headers: RequestHeaders.fromNode(headers), body: await readRawBody(context) };
}

/** A delivery that was not taken may come again as it is, with the nonce it has. */
export function releaseUnlessTaken(
	context: IWebhookFunctions,
	nonces: Pick<NonceMemory, 'release'>,
	nonceKey: string | undefined,
): void {
	if (nonceKey === undefined) return;
	onAnswer(context.getResponseObject(), (status) => {
		if (!isSuccess(status)) nonces.release(nonceKey);
	});
}

/** Whether PonponPay takes a status as the end of the delivery [P]. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}
