import type { KeyObject } from 'crypto';

import { LruMap } from '../lruMap';
import {
	hmac,
	hmacKey,
	isSameDigest,
	isSameText,
	memoize,
	MOST_SECRETS,
	sha256Hex,
} from './digest';
import { NONCE, refuseStale, TIMESTAMP } from './freshness';
import { header, refuseUnread, type RequestHeaders } from './headers';
import { refuse, type Refusal } from './refusal';

/** How many characters of the API key a delivery names openly [P]. */
const PREFIX_LENGTH = 12;

/** Signature B, v1 [P]: HMAC-SHA256 keyed with the hash of the API key, with a timestamp and a nonce. */
const PREFIX_HEADER = header('X-Key-Prefix', /^[\x21-\x2b\x2d-\x7e]{1,12}$/);
const TIMESTAMP_HEADER = header('X-Timestamp', TIMESTAMP);
const NONCE_HEADER = header('X-Nonce', NONCE);
const SIGNATURE_HEADER = header('X-Signature');

/** The headers by which a delivery says that it is signed this way. */
export const API_KEY_HEADERS = [PREFIX_HEADER, TIMESTAMP_HEADER, NONCE_HEADER, SIGNATURE_HEADER];

/** A signature looks like this [P]; only one that does not fit needs the look. */
const DIGEST = /^[0-9a-f]{64}$/;

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
	const prefix = headers.read(PREFIX_HEADER);
	const timestamp = headers.read(TIMESTAMP_HEADER);
	const nonce = headers.read(NONCE_HEADER);
	const signature = headers.read(SIGNATURE_HEADER);
	if (
		prefix === undefined ||
		timestamp === undefined ||
		nonce === undefined ||
		signature === undefined
	) {
		return refuseUnread(scheme, headers, API_KEY_HEADERS);
	}
	if (!isSameText(apiKey.slice(0, PREFIX_LENGTH), prefix)) {
		return refuse('wrongKey', { scheme, header: PREFIX_HEADER.name });
	}
	const head = headOf(timestamp, nonce);
	if (!isSameDigest(digest(apiKey, head, body), signature)) {
		return DIGEST.test(signature)
			? refuse('wrongSignature', { scheme })
			: refuse('badHeader', { scheme, header: SIGNATURE_HEADER.name });
	}
	return refuseStale(scheme, timestamp, now, toleranceSeconds) ?? { nonceKey: head };
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
		[PREFIX_HEADER.name]: apiKey.slice(0, PREFIX_LENGTH),
		[TIMESTAMP_HEADER.name]: timestamp,
		[NONCE_HEADER.name]: at.nonce,
		[SIGNATURE_HEADER.name]: digest(apiKey, headOf(timestamp, at.nonce), body),
	};
}

/** What deliveries are signed with, by API key. */
export const hashedApiKeys = new LruMap<KeyObject>(MOST_SECRETS);

const keyOf = memoize(hashedApiKeys, (apiKey) => hmacKey(sha256Hex(apiKey)));

/** What is signed before the body; no two deliveries have the same. */
function headOf(timestamp: string, nonce: string): string {
	return `${timestamp}\n${nonce}\n`;
}

function digest(apiKey: string, head: string, body: Buffer): string {
	return hmac(keyOf(apiKey)).update(head).update(body).digest('hex');
}
