import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { LruMap } from '../lruMap';
import { processMemory } from '../once/processMemory';
import { KeySet, type KeyLookup } from '../signature/keySet';
import { requestOptions } from './connection';
import { JWKS_PATH } from './endpoints';

const TIMEOUT_MS = 10_000;
/** A set of some thousand keys; what is longer is no key set. In characters. */
const LONGEST_SET = 1_000_000;

/** One for each host. */
const keySets = processMemory(
	'public keys',
	(capacity) => new LruMap<KeySet>(capacity, ({ isFetching }) => isFetching),
);

/** Looks keys up in the set that the credential's host publishes, downloading it through n8n when needed. */
export function publicKeysOf(
	context: IWebhookFunctions | IHookFunctions | IExecuteFunctions,
	host: string,
): KeyLookup {
	const keySet = keySets.getOrMake(host, () => new KeySet(Date.now));
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
