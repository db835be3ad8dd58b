import { createHash, createHmac, timingSafeEqual } from 'crypto';

export function sha256Hex(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** HMAC-SHA256 over several pieces as if they were one, without copying the body. */
export function hmac(key: string, ...pieces: Array<string | Buffer>): Buffer {
	const digest = createHmac('sha256', key);
	for (const piece of pieces) digest.update(piece);
	return digest.digest();
}

/** Whether two digests are equal, in a time that does not tell where they differ. */
export function isSameDigest(expected: Buffer, given: Buffer): boolean {
	return expected.length === given.length && timingSafeEqual(expected, given);
}

/** The same for texts; only their length can be told by the time it takes. */
export function isSameText(expected: string, given: string): boolean {
	return isSameDigest(Buffer.from(expected), Buffer.from(given));
}
