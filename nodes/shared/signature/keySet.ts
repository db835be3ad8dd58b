import { createPublicKey, type KeyObject } from 'crypto';

import { isWireObject, type WireObject } from '../model/wire';

/** The form of a key's id [P]. */
export const KEY_ID = /^[0-9A-Za-z._-]{1,64}$/;

/** Finds a public key by its id. */
export type KeyLookup = (keyId: string) => Promise<KeyObject | 'unknown' | 'unavailable'>;

/** Fetches the text of a key set; throws when it cannot be had. */
export type KeySetFetch = () => Promise<string>;

const SECOND = 1000;

/** A set is fetched anew for an unknown key id, but not more often than this, in milliseconds. */
export const REFRESH_PAUSE_MS = 60 * SECOND;
/** After a download that did not succeed the next may come sooner. */
export const RETRY_PAUSE_MS = 10 * SECOND;
/** How long a set is used without asking whether PonponPay has withdrawn a key. */
export const LONGEST_USE_MS = 3600 * SECOND;

/**
 * The usable keys of a JWK set (`{ keys: [] }`, plain or inside the API's envelope [P]) by id.
 *
 * A key that is not a well-formed Ed25519 signing key is left out, and so is an id that stands for several keys.
 *
 * @throws Error when the text is no key set
 */
export function parseKeySet(text: string): Map<string, KeyObject> {
	const parsed: unknown = JSON.parse(text);
	const set = isWireObject(parsed) && isWireObject(parsed.data) ? parsed.data : parsed;
	if (!isWireObject(set) || !Array.isArray(set.keys)) throw new Error('This is no key set');
	const byId = new Map<string, WireObject[]>();
	for (const jwk of set.keys as unknown[]) {
		if (!isWireObject(jwk) || typeof jwk.kid !== 'string' || !KEY_ID.test(jwk.kid)) continue;
		byId.set(jwk.kid, [...(byId.get(jwk.kid) ?? []), jwk]);
	}
	const keys = new Map<string, KeyObject>();
	for (const [keyId, [jwk, ...others]] of byId) {
		const key = others.length === 0 ? publicKey(jwk) : undefined;
		if (key) keys.set(keyId, key);
	}
	return keys;
}

function publicKey({ kty, crv, alg, use, x }: WireObject): KeyObject | undefined {
	const isEd25519 = kty === 'OKP' && crv === 'Ed25519' && alg === 'EdDSA' && use === 'sig';
	if (!isEd25519 || typeof x !== 'string') return undefined;
	const bytes = Buffer.from(x, 'base64url');
	if (bytes.length !== 32 || bytes.toString('base64url') !== x) return undefined;
	return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
}

/**
 * One host's public keys, fetched when needed and kept.
 *
 * An unknown key id refreshes the set, because PonponPay may have a new key; forged ids cannot make that happen more
 * often than {@link REFRESH_PAUSE_MS}. Whoever asks while a download is running shares it.
 */
export class KeySet {
	private keys: Map<string, KeyObject> | undefined;
	private fetchedAt = -Infinity;
	private triedAt = -Infinity;
	private succeeded = true;
	private running: Promise<void> | undefined;

	/** @param now Unix milliseconds */
	constructor(private readonly now: () => number) {}

	/** Whether somebody waits for a download. */
	get isFetching(): boolean {
		return this.running !== undefined;
	}

	/** @param fetch how to download the set, should that be necessary */
	async find(keyId: string, fetch: KeySetFetch): Promise<KeyObject | 'unknown' | 'unavailable'> {
		const isOld = this.now() - this.fetchedAt > LONGEST_USE_MS;
		if (isOld || !this.keys?.has(keyId)) await this.refresh(fetch);
		if (this.keys === undefined) return 'unavailable';
		const key = this.keys.get(keyId);
		if (key) return key;
		// After a download that failed, the key may well be there: PonponPay shall try again.
		return this.succeeded ? 'unknown' : 'unavailable';
	}

	private async refresh(fetch: KeySetFetch): Promise<void> {
		if (this.running === undefined) {
			const pause = this.succeeded ? REFRESH_PAUSE_MS : RETRY_PAUSE_MS;
			if (this.now() - this.triedAt < pause) return;
			this.triedAt = this.now();
			this.running = this.download(fetch).finally(() => (this.running = undefined));
		}
		await this.running;
	}

	private async download(fetch: KeySetFetch): Promise<void> {
		try {
			this.keys = parseKeySet(await fetch());
			this.fetchedAt = this.now();
			this.succeeded = true;
		} catch {
			// What was fetched before stays in use; who needs more is told "unavailable".
			this.succeeded = false;
		}
	}
}
