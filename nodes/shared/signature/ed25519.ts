import { sign, verify, type KeyObject } from 'crypto';

import { parseEnvironment } from '../model/environment';
import { isSameText } from './digest';
import { NONCE, refuseStale, TIMESTAMP } from './freshness';
import { header, refuseUnread, type RequestHeaders } from './headers';
import { KEY_ID, type KeyLookup } from './keySet';
import { refuse, type Refusal } from './refusal';

/** Signature C, v2 [P]: Ed25519 with a key that PonponPay publishes, bound to one merchant and environment. */
const VERSION_HEADER = header('X-Webhook-Signature-Version', /^v2$/);
const KEY_ID_HEADER = header('X-Webhook-Key-Id', KEY_ID);
const TIMESTAMP_HEADER = header('X-Timestamp', TIMESTAMP);
const NONCE_HEADER = header('X-Nonce', NONCE);
const MERCHANT_ID_HEADER = header('X-Webhook-Merchant-Id', /^[\x21-\x2b\x2d-\x7e]{1,128}$/);
/** Its letter case has no meaning, but is part of what is signed. */
export const ENVIRONMENT_HEADER = header('X-Webhook-Environment', /^(?:production|sandbox)$/i);
const SIGNATURE_HEADER = header('X-Webhook-Signature-V2', /^[0-9A-Za-z_-]{86}$/);

const HEADERS = [
	VERSION_HEADER,
	KEY_ID_HEADER,
	TIMESTAMP_HEADER,
	NONCE_HEADER,
	MERCHANT_ID_HEADER,
	ENVIRONMENT_HEADER,
	SIGNATURE_HEADER,
];

/** For whom deliveries must be meant. */
export type Audience = { readonly merchantId: string; readonly environment: string };

/** An Ed25519 private key, and the id under which its public half is published. */
export type Signer = { readonly privateKey: KeyObject; readonly keyId: string };

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
	const signatureText = headers.read(SIGNATURE_HEADER);
	if (signed === undefined || signatureText === undefined) {
		return refuseUnread(scheme, headers, HEADERS);
	}
	const { keyId, timestamp, nonce, merchantId, environment } = signed;
	if (!isSameText(audience.merchantId, merchantId)) {
		return refuse('wrongMerchant', { scheme, header: MERCHANT_ID_HEADER.name });
	}
	if (parseEnvironment(environment) !== audience.environment) {
		return refuse('wrongEnvironment', { scheme, header: ENVIRONMENT_HEADER.name });
	}
	const signature = decodeBase64Url(signatureText);
	if (signature === undefined) {
		return refuse('badHeader', { scheme, header: SIGNATURE_HEADER.name });
	}
	const stale = refuseStale(scheme, timestamp, now, toleranceSeconds);
	if (stale) return stale;
	const key = await lookUp(keyId);
	if (key === 'unavailable') return refuse('keysUnavailable', { scheme });
	if (key === 'unknown') return refuse('unknownKeyId', { scheme, header: KEY_ID_HEADER.name });
	if (!verify(null, signedBytes(signed, body), key, signature)) {
		return refuse('wrongSignature', { scheme });
	}
	return { nonceKey: `v2|${keyId}|${timestamp}|${nonce}` };
}

/**
 * The headers of a delivery that PonponPay would sign this way.
 *
 * @param at timestamp in Unix seconds, and the nonce
 */
export function signWithEd25519(
	body: Buffer,
	{ privateKey, keyId, merchantId, environment }: Signer & Audience,
	at: { timestamp: number; nonce: string },
): Record<string, string> {
	const timestamp = String(at.timestamp);
	const signed = { keyId, timestamp, nonce: at.nonce, merchantId, environment };
	return {
		[VERSION_HEADER.name]: 'v2',
		[KEY_ID_HEADER.name]: signed.keyId,
		[TIMESTAMP_HEADER.name]: signed.timestamp,
		[NONCE_HEADER.name]: signed.nonce,
		[MERCHANT_ID_HEADER.name]: signed.merchantId,
		[ENVIRONMENT_HEADER.name]: signed.environment,
		[SIGNATURE_HEADER.name]: sign(null, signedBytes(signed, body), privateKey).toString(
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
	const keyId = headers.read(KEY_ID_HEADER);
	const timestamp = headers.read(TIMESTAMP_HEADER);
	const nonce = headers.read(NONCE_HEADER);
	const merchantId = headers.read(MERCHANT_ID_HEADER);
	const environment = headers.read(ENVIRONMENT_HEADER);
	return headers.read(VERSION_HEADER) === undefined ||
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
