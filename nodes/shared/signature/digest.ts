import {
	createHash,
	createHmac,
	createSecretKey,
	timingSafeEqual,
	type Hmac,
	type KeyObject,
} from 'crypto';

import type { LruMap } from '../lruMap';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits in lower case. */
export function sha256Hex(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** The key of an HMAC, ready for use. */
export function hmacKey(text: string): KeyObject {
	return createSecretKey(text, 'utf8');
}

/** A new HMAC-SHA256. */
export function hmac(key: KeyObject): Hmac {
	return createHmac('sha256', key);
}

/** How many secrets one derivation is remembered for: an n8n has a few accounts, rarely more. */
export const MOST_SECRETS = 16;

/** Remembers what is derived from a secret: to derive it anew for every delivery would take as long as the check itself. */
export function memoize<T>(
	remembered: LruMap<T>,
	derive: (secret: string) => T,
): (secret: string) => T {
	return (secret) => remembered.getOrMake(secret, () => derive(secret));
}

/** How long a SHA-256 is as hexadecimal digits. */
const DIGITS = 64;

/** Where digests are compared; made once, because to make them takes longer than the comparison. */
const places = [Buffer.alloc(DIGITS), Buffer.alloc(DIGITS)];

/**
 * Whether a text is exactly the digest expected, in a time that does not tell where they differ.
 *
 * @param expected 64 hexadecimal digits
 * @param given any text
 */
export function isSameDigest(expected: string, given: string): boolean {
	const [left, right] = places;
	// Bytes of an earlier comparison must not stand in for those that a shorter text lacks.
	const isComplete = left.write(expected) === DIGITS && right.write(given) === DIGITS;
	return isComplete && given.length === DIGITS && timingSafeEqual(left, right);
}

/** Whether two identifiers are equal, in a time that tells at most how long they are. */
export function isSameText(expected: string, given: string): boolean {
	if (expected.length !== given.length) return false;
	let difference = 0;
	for (let index = 0; index < expected.length; index += 1) {
		difference |= expected.charCodeAt(index) ^ given.charCodeAt(index);
	}
	return difference === 0;
}
