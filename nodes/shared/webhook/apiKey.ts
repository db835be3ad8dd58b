import { hmac, isSameDigest, isSameText, sha256Hex } from './digest';
import { NONCE, refuseStale, TIMESTAMP } from './freshness';
import { readAll, type RequestHeaders } from './headers';
import { refuse, type Refusal } from './refusal';

/** How many characters of the API key a delivery names openly [P]. */
const PREFIX_LENGTH = 12;

/** Signature B, v1 [P]: HMAC-SHA256 keyed with the hash of the API key, with a timestamp and a nonce. */
const FORMS = {
	prefix: { header: 'X-Key-Prefix', form: /^[\x21-\x2b\x2d-\x7e]{1,12}$/ },
	timestamp: { header: 'X-Timestamp', form: TIMESTAMP },
	nonce: { header: 'X-Nonce', form: NONCE },
	signature: { header: 'X-Signature', form: /^[0-9a-f]{64}$/ },
} as const;

export const API_KEY_HEADERS = Object.values(FORMS).map(({ header }) => header);

/** @returns a refusal, or the key under which this delivery's nonce is to be remembered */
export function checkApiKey(
	headers: RequestHeaders,
	body: Buffer,
	apiKey: string,
	now: number,
	toleranceSeconds: number,
): Refusal | { readonly nonceKey: string } {
	const scheme = 'apiKey';
	if (apiKey === '') return refuse('notConfigured', { scheme });
	const read = readAll(headers, FORMS);
	if ('problem' in read) {
		return refuse(read.problem.reason, { scheme, header: read.problem.header });
	}
	const { prefix, timestamp, nonce, signature } = read.values;
	if (!isSameText(apiKey.slice(0, PREFIX_LENGTH), prefix)) {
		return refuse('wrongKey', { scheme, header: FORMS.prefix.header });
	}
	const expected = digest(apiKey, timestamp, nonce, body);
	if (!isSameDigest(expected, Buffer.from(signature, 'hex'))) {
		return refuse('wrongSignature', { scheme });
	}
	return (
		refuseStale(scheme, timestamp, now, toleranceSeconds) ?? {
			nonceKey: `${timestamp}|${nonce}`,
		}
	);
}

/**
 * The headers of a delivery that PonponPay would sign this way.
 *
 * @param at timestamp in Unix seconds, and the nonce
 */
export function signWithApiKey(
	body: Buffer,
	apiKey: string,
	at: { timestamp: number; nonce: string },
): Record<string, string> {
	const timestamp = String(at.timestamp);
	return {
		[FORMS.prefix.header]: apiKey.slice(0, PREFIX_LENGTH),
		[FORMS.timestamp.header]: timestamp,
		[FORMS.nonce.header]: at.nonce,
		[FORMS.signature.header]: digest(apiKey, timestamp, at.nonce, body).toString('hex'),
	};
}

function digest(apiKey: string, timestamp: string, nonce: string, body: Buffer): Buffer {
	return hmac(keyHash(apiKey), `${timestamp}\n${nonce}\n`, body);
}

/** A merchant has one key; its hash is worth keeping, because the rest of a check takes hardly longer. */
let lastKey = { apiKey: '', hash: '' };

function keyHash(apiKey: string): string {
	if (lastKey.apiKey !== apiKey) lastKey = { apiKey, hash: sha256Hex(apiKey) };
	return lastKey.hash;
}
