import { sign, verify, type KeyObject } from 'crypto';

import { isSameText } from './digest';
import { NONCE, refuseStale, TIMESTAMP } from './freshness';
import { header, refuseUnread, type RequestHeaders } from './headers';
import { KEY_ID, type KeyLookup } from './keySet';
import { refuse, type Refusal } from './refusal';

/** Signature C, v2 [P]: Ed25519 with a key that PonponPay publishes, bound to one merchant and environment. */
const VERSION = header('X-Webhook-Signature-Version', /^v2$/);
const KEY = header('X-Webhook-Key-Id', KEY_ID);
const TIME = header('X-Timestamp', TIMESTAMP);
const ONCE = header('X-Nonce', NONCE);
const MERCHANT = header('X-Webhook-Merchant-Id', /^[\x21-\x2b\x2d-\x7e]{1,128}$/);
const ENVIRONMENT = header('X-Webhook-Environment', /^(?:production|sandbox)$/);
const SIGNATURE = header('X-Webhook-Signature-V2', /^[0-9A-Za-z_-]{86}$/);

const HEADERS = [VERSION, KEY, TIME, ONCE, MERCHANT, ENVIRONMENT, SIGNATURE];

/** For whom deliveries must be meant. */
export type Audience = { readonly merchantId: string; readonly environment: string };

/**
 * Everything cheap is looked at before the key, so that a forged delivery seldom costs a download of keys.
 *
 * @returns a refusal, or the key under which this delivery's nonce is to be remembered
 */
export async function checkEd25519(
	headers: RequestHeaders,
	body: Buffer,
	audience: Audience,
	lookUp: KeyLookup,
	now: number,
	toleranceSeconds: number,
): Promise<Refusal | { readonly nonceKey: string }> {
	const scheme = 'ed25519';
	if (audience.merchantId === '') return refuse('notConfigured', { scheme });
	const signed = readSigned(headers);
	const signatureText = headers.read(SIGNATURE);
	if (signed === undefined || signatureText === undefined) {
		return refuseUnread(scheme, headers, HEADERS);
	}
	const { keyId, timestamp, nonce, merchantId, environment } = signed;
	if (!isSameText(audience.merchantId, merchantId)) {
		return refuse('wrongMerchant', { scheme, header: MERCHANT.name });
	}
	if (environment !== audience.environment) {
		return refuse('wrongEnvironment', { scheme, header: ENVIRONMENT.name });
	}
	const signature = decodeBase64Url(signatureText);
	if (signature === undefined) {
		return refuse('badHeader', { scheme, header: SIGNATURE.name });
	}
	const stale = refuseStale(scheme, timestamp, now, toleranceSeconds);
	if (stale) return stale;
	const key = await lookUp(keyId);
	if (key === 'unavailable') return refuse('keysUnavailable', { scheme });
	if (key === 'unknown') return refuse('unknownKeyId', { scheme, header: KEY.name });
	if (!verify(null, signedBytes(signed, body), key, signature)) {
		return refuse('wrongSignature', { scheme });
	}
	return { nonceKey: `v2|${keyId}|${timestamp}|${nonce}` };
}

/**
 * The headers of a delivery that PonponPay would sign this way.
 *
 * @param signer an Ed25519 private key and the id under which its public half is published
 * @param at timestamp in Unix seconds, and the nonce
 */
export function signWithEd25519(
	body: Buffer,
	signer: { privateKey: KeyObject; keyId: string },
	audience: Audience,
	at: { timestamp: number; nonce: string },
): Record<string, string> {
	const signed = {
		keyId: signer.keyId,
		timestamp: String(at.timestamp),
		nonce: at.nonce,
		...audience,
	};
	return {
		[VERSION.name]: 'v2',
		[KEY.name]: signed.keyId,
		[TIME.name]: signed.timestamp,
		[ONCE.name]: signed.nonce,
		[MERCHANT.name]: signed.merchantId,
		[ENVIRONMENT.name]: signed.environment,
		[SIGNATURE.name]: sign(null, signedBytes(signed, body), signer.privateKey).toString(
			'base64url',
		),
	};
}

/** What is signed beside the body. */
type Signed = Audience & {
	readonly keyId: string;
	readonly timestamp: string;
	readonly nonce: string;
};

function readSigned(headers: RequestHeaders): Signed | undefined {
	const keyId = headers.read(KEY);
	const timestamp = headers.read(TIME);
	const nonce = headers.read(ONCE);
	const merchantId = headers.read(MERCHANT);
	const environment = headers.read(ENVIRONMENT);
	return headers.read(VERSION) === undefined ||
		keyId === undefined ||
		timestamp === undefined ||
		nonce === undefined ||
		merchantId === undefined ||
		environment === undefined
		? undefined
		: { keyId, timestamp, nonce, merchantId, environment };
}

function signedBytes(signed: Signed, body: Buffer): Buffer {
	const { keyId, timestamp, nonce, merchantId, environment } = signed;
	const head = ['polypay-webhook-v2', keyId, timestamp, nonce, merchantId, environment, ''];
	return Buffer.concat([Buffer.from(head.join('\n')), body]);
}

/** Refuses the spellings that decode to the same bytes: one signature has one form. */
function decodeBase64Url(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64url');
	return bytes.length === 64 && bytes.toString('base64url') === text ? bytes : undefined;
}
