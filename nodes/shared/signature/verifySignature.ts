import { API_KEY_HEADERS, checkApiKey } from './apiKey';
import { checkEd25519 } from './ed25519';
import { TOLERANCE_SECONDS } from './freshness';
import type { RequestHeaders } from './headers';
import type { KeyLookup } from './keySet';
import { refuse, type Refusal, type Scheme } from './refusal';
import { checkSecret, SECRET_HEADER } from './sharedSecret';
import type { Trust } from './trust';

/** A delivery as it arrived. */
export type Delivery = {
	readonly headers: RequestHeaders;
	/** The raw bytes: JSON that was parsed and written again has another signature. */
	readonly body: Buffer;
};

/** Which nonces have been used; asked only about those whose signature is proven. */
export type Nonces = {
	/** Final and immediate, so that of two equal deliveries at once one is refused. */
	claim(nonceKey: string): 'first' | 'used' | 'full';
	/** Gives a nonce back whose delivery was not taken and may come again unchanged. */
	release(nonceKey: string): void;
};

/** What verifying needs of the world: the time, the public keys, and the nonces that were seen. */
export type VerifyTools = {
	/** Unix milliseconds. */
	readonly now: () => number;
	readonly lookUpKey: KeyLookup;
	readonly nonces: Nonces;
	/** How far a timestamp may be from now, in seconds. */
	readonly toleranceSeconds?: number;
};

/** Taken, or why not; only of a delivery that is accepted may anything be believed. */
export type SignatureVerdict =
	| {
			readonly accepted: true;
			readonly scheme: Scheme;
			/** To give the nonce back, should the delivery not be taken after all. */
			readonly nonceKey?: string;
	  }
	| { readonly accepted: false; readonly refusal: Refusal };

/**
 * The one verdict on a delivery (contract, section 5).
 *
 * Which scheme counts is decided first, and what that scheme says is final: there is never a second chance with another.
 * A nonce is used up only once the signature is proven.
 */
export async function verifySignature(
	delivery: Delivery,
	trust: Trust,
	tools: VerifyTools,
): Promise<SignatureVerdict> {
	const { headers, body } = delivery;
	const scheme = schemeThatCounts(headers, trust);
	if (scheme === undefined) return refused(refuse('notSigned'));
	const { now, lookUpKey, toleranceSeconds = TOLERANCE_SECONDS } = tools;
	const proof =
		scheme === 'ed25519'
			? await checkEd25519(headers, body, trust, lookUpKey, now(), toleranceSeconds)
			: scheme === 'apiKey'
				? checkApiKey(headers, body, trust.apiKey, now(), toleranceSeconds)
				: checkSecret(headers, body, trust.secrets);
	if (proof === undefined) return { accepted: true, scheme };
	if ('reason' in proof) return refused(proof);
	const { nonceKey } = proof;
	switch (tools.nonces.claim(nonceKey)) {
		case 'first':
			return { accepted: true, scheme, nonceKey };
		case 'used':
			return refused(refuse('replayed', { scheme, header: 'X-Nonce' }));
		case 'full':
			return refused(refuse('busy', { scheme }));
	}
}

function schemeThatCounts(headers: RequestHeaders, trust: Trust): Scheme | undefined {
	if (trust.signature !== 'auto') return trust.signature;
	if (trust.merchantId !== '') return 'ed25519';
	if (API_KEY_HEADERS.some((header) => headers.has(header))) return 'apiKey';
	const isSecretKnown = trust.secrets.some((secret) => secret !== '');
	return headers.has(SECRET_HEADER) && isSecretKnown ? 'secret' : undefined;
}

function refused(refusal: Refusal): SignatureVerdict {
	return { accepted: false, refusal };
}
