import { createHash, createHmac } from 'node:crypto';

import type { Keyring } from './keyring.mts';

/*
 * The contract's signatures, section 5, from the sender's side. Written without a look at the receiver in nodes/: two
 * implementations of one contract, so that a misreading on either side is seen.
 */

export type Headers = Record<string, string>;

/** Scheme A: a shared secret over the body alone. */
export function signWithSecret(secret: string, body: string): Headers {
	return {
		'X-PonponPay-Signature': createHmac('sha256', secret).update(body, 'utf8').digest('hex'),
	};
}

/** When and under which one-time name a delivery is signed. */
export interface Moment {
	/** Unix seconds. */
	readonly timestamp: number;
	/** 16 to 128 letters and digits. */
	readonly nonce: string;
}

/** The characters of an API key that a delivery shows, so that its receiver finds the key. */
const PREFIX_LENGTH = 12;

/** Scheme B, v1: the API key's hash over time, nonce and body. */
export function signWithApiKey(
	apiKey: string,
	{ timestamp, nonce }: Moment,
	body: string,
): Headers {
	const keyHash = createHash('sha256').update(apiKey, 'utf8').digest('hex');
	const signed = `${timestamp}\n${nonce}\n${body}`;
	return {
		'X-Key-Prefix': apiKey.slice(0, PREFIX_LENGTH),
		'X-Timestamp': String(timestamp),
		'X-Nonce': nonce,
		'X-Signature': createHmac('sha256', keyHash).update(signed, 'utf8').digest('hex'),
	};
}

/** For whom a delivery is meant. */
export interface Audience {
	readonly merchantId: string;
	readonly environment: string;
}

/** Scheme C, v2: Ed25519 over key id, time, nonce, audience and body. */
export function signWithKeyring(
	keyring: Keyring,
	{ timestamp, nonce }: Moment,
	{ merchantId, environment }: Audience,
	body: string,
): Headers {
	const keyId = keyring.currentKeyId;
	const signed = ['polypay-webhook-v2', keyId, timestamp, nonce, merchantId, environment, body];
	return {
		'X-Webhook-Signature-Version': 'v2',
		'X-Webhook-Key-Id': keyId,
		'X-Timestamp': String(timestamp),
		'X-Nonce': nonce,
		'X-Webhook-Merchant-Id': merchantId,
		'X-Webhook-Environment': environment,
		'X-Webhook-Signature-V2': keyring.sign(Buffer.from(signed.join('\n'), 'utf8')),
	};
}
