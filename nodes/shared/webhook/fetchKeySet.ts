import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { requestOptions } from '../api/connection';
import { JWKS_PATH } from '../api/endpoints';
import { KeySet, type KeyLookup } from '../signature/keySet';

const TIMEOUT_MS = 10_000;
/** A set of some thousand keys; what is longer is no key set. In characters. */
const LONGEST_SET = 1_000_000;

/** One key set per host, for as long as this n8n process lives. */
const keySets = new Map<string, KeySet>();

/** Looks keys up in the set that the credential's host publishes, downloading it through n8n when needed. */
export function keyLookup(
	context: IWebhookFunctions | IHookFunctions | IExecuteFunctions,
	host: string,
): KeyLookup {
	const keySet = keySets.get(host) ?? new KeySet(Date.now);
	keySets.set(host, keySet);
	return async (keyId) =>
		await keySet.find(keyId, async () => {
			const options = requestOptions(host + JWKS_PATH, TIMEOUT_MS);
			const { statusCode, body } = await context.helpers.httpRequest(options);
			if (statusCode !== 200 || typeof body !== 'string' || body.length > LONGEST_SET) {
				throw new Error('No key set came');
			}
			return body;
		});
}
