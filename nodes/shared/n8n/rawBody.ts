import type { IWebhookFunctions } from 'n8n-workflow';

import { RequestHeaders } from '../signature/headers';
import type { Delivery } from '../signature/verifySignature';

/** What n8n adds to a request; `rawBody` is there once somebody has read the body. */
type RawBody = { rawBody?: unknown; readRawBody?: () => Promise<void> };

/**
 * The bytes of a request to a webhook, unpacked but otherwise as they came over the wire: what a signature is made of.
 *
 * Seen in n8n 1.123.81 and 2.41.1: the server adds `rawBody` and `readRawBody()` to the request, which n8n-core 1.120 to 2.41
 * hands through. Without them no delivery could be verified, and each would be refused. It is held there by
 * test/e2e/loop.test.mts and, for unusual content types, test/e2e/once.test.mts.
 *
 * @returns no bytes where they cannot be had, as of a multipart form, which n8n takes apart; PonponPay sends none
 */
export async function readRawBody(context: IWebhookFunctions): Promise<Buffer> {
	const request: RawBody = context.getRequestObject();
	try {
		// n8n has read it by itself unless its type is an unusual one.
		if (request.rawBody === undefined) await request.readRawBody?.();
	} catch {
		// The sender has hung up, or sends more than n8n takes.
	}
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

/**
 * The request that n8n hands to `webhook()`, as it came over the wire.
 *
 * Seen in n8n 1.123.81 and 2.41.1: the headers are Node's own, names in lower case. Without that no signature would be found.
 */
export async function readDelivery(context: IWebhookFunctions): Promise<Delivery> {
	const { headers } = context.getRequestObject();
	return { headers: RequestHeaders.fromNode(headers), body: await readRawBody(context) };
}
