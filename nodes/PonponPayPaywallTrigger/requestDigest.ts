import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

import { readRawBody } from '../shared/n8n/rawBody';

/**
 * Tells one request from another: what it asks, and what it brings.
 *
 * A payment can be read by everybody once it is on the chain. Who copies it must not get the answer to somebody else's question,
 * nor one to a question of their own.
 */
export async function requestDigest(context: IWebhookFunctions): Promise<string> {
	const { method, originalUrl } = context.getRequestObject();
	const [, ...query] = originalUrl.split('?');
	return createHash('sha256')
		.update(`${method}\n${query.join('?')}\n`)
		.update(await readRawBody(context))
		.digest('base64url');
}
