import type { KeyObject } from 'crypto';

import { LruMap } from '../lruMap';
import { hmac, hmacKey, isSameDigest, memoize, MOST_SECRETS } from './digest';
import { header, refuseUnread, type RequestHeaders } from './headers';
import { refuse, type Refusal } from './refusal';

/**
 * Signature A [S]: HMAC-SHA256 over the raw body with a secret both sides know.
 *
 * It carries no time, so the same delivery can be sent again for ever: only de-duplication helps against that.
 */
export const SECRET_HEADER = header(
	'X-PonponPay-Signature',
	// Hex in either case, after an optional `sha256=` [S].
	/^(?:sha256=)?[0-9A-Fa-f]{64}$/,
);

/** @param secrets all that PonponPay may sign with: the credential's, and the one it returned for the registered hook */
export function checkSecret(
	headers: RequestHeaders,
	body: Buffer,
	secrets: readonly string[],
): Refusal | undefined {
	const scheme = 'secret';
	const known = secrets.filter((secret) => secret !== '');
	if (known.length === 0) return refuse('notConfigured', { scheme });
	const signature = headers.read(SECRET_HEADER);
	if (signature === undefined) return refuseUnread(scheme, headers, [SECRET_HEADER]);
	const given = signature.slice(-64).toLowerCase();
	// Not `some`: which of the secrets fitted must not show in the time it takes.
	const matches = known.filter((secret) => isSameDigest(digest(secret, body), given));
	return matches.length === 0 ? refuse('wrongSignature', { scheme }) : undefined;
}

/** The headers of a delivery that PonponPay would sign this way. */
export function signWithSecret(body: Buffer, secret: string): Record<string, string> {
	return { [SECRET_HEADER.name]: digest(secret, body) };
}

/** What deliveries are signed with, by webhook secret. */
export const secretKeys = new LruMap<KeyObject>(MOST_SECRETS);

const keyOf = memoize(secretKeys, hmacKey);

function digest(secret: string, body: Buffer): string {
	return hmac(keyOf(secret)).update(body).digest('hex');
}
