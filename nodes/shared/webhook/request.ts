import type { IWebhookFunctions } from 'n8n-workflow';

import { onAnswer } from './answer';
import { RequestHeaders } from './headers';
import type { NonceMemory } from './replay';
import type { Delivery } from './verify';

/** The request that n8n hands to `webhook()`, as it came over the wire. */
export function readDelivery(context: IWebhookFunctions): Delivery {
	const request = context.getRequestObject();
	const { rawBody } = request as { rawBody?: unknown };
	return {
		headers: RequestHeaders.fromNode(request.headers),
		// n8n keeps no raw body of a multipart form; PonponPay sends none.
		body: Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0),
	};
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
