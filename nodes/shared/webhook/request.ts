import type { IWebhookFunctions } from 'n8n-workflow';

import { RequestHeaders } from '../signature/headers';
import type { Delivery } from '../signature/verifySignature';
import { onAnswer } from './answer';

/** What n8n adds to a request; `rawBody` is there once somebody has read the body. */
type RawBody = { rawBody?: unknown; readRawBody?: () => Promise<void> };

/** The request that n8n hands to `webhook()`, as it came over the wire. */
export async function readDelivery(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	return { headers: RequestHeaders.fromNode(request.headers), body: await readBody(request) };
}

/** @returns no bytes where they cannot be had, as of a multipart form, which n8n takes apart; PonponPay sends none */
async function readBody(request: RawBody): Promise<Buffer> {
	try {
		// n8n has read it by itself unless its type is an unusual one.
		if (request.rawBody === undefined) await request.readRawBody?.();
	} catch {
		// The sender has hung up, or sends more than n8n takes.
	}
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

/** A delivery that was not taken may come again as it is, with the nonce it has. */
export function releaseUnlessTaken(context: IWebhookFunctions, release: () => void): void {
	onAnswer(context.getResponseObject(), (status) => {
		if (!isSuccess(status)) release();
	});
}

/** Whether PonponPay takes a status as the end of the delivery [P]. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}
