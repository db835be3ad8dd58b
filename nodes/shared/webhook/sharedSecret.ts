import { hmac, isSameDigest } from './digest';
import type { RequestHeaders } from './headers';
import { refuse, type Refusal } from './refusal';

/**
 * Signature A [S]: HMAC-SHA256 over the raw body with a secret both sides know.
 *
 * It carries no time, so the same delivery can be sent again for ever: only de-duplication helps against that.
 */
export const SECRET_HEADER = 'X-PonponPay-Signature';

/** Hex in either case, after an optional `sha256=` [S]. */
const FORM = /^(?:sha256=)?[0-9A-Fa-f]{64}$/;

/** @param secrets all that PonponPay may sign with: the credential's, and the one it returned for the registered hook */
export function checkSecret(
	headers: RequestHeaders,
	body: Buffer,
	secrets: readonly string[],
): Refusal | undefined {
	const known = secrets.filter((secret) => secret !== '');
	if (known.length === 0) return refuse('notConfigured', { scheme: 'secret' });
	if (!headers.has(SECRET_HEADER)) {
		return refuse('missingHeader', { scheme: 'secret', header: SECRET_HEADER });
	}
	const signature = headers.read(SECRET_HEADER, FORM);
	if (signature === undefined) {
		return refuse('badHeader', { scheme: 'secret', header: SECRET_HEADER });
	}
	const given = Buffer.from(signature.slice(-64), 'hex');
	// Not `some`: which of the secrets fitted must not show in the time it takes.
	const matches = known.filter((secret) => isSameDigest(hmac(secret, body), given));
	return matches.length === 0 ? refuse('wrongSignature', { scheme: 'secret' }) : undefined;
}

/** The headers of a delivery that PonponPay would sign this way. */
export function signWithSecret(body: Buffer, secret: string): Record<string, string> {
	return { [SECRET_HEADER]: hmac(secret, body).toString('hex') };
}
