import { sign, verify, type KeyObject } from 'crypto';

import { isSameText } from './digest';
import { NONCE, refuseStale, TIMESTAMP } from './freshness';
import { readAll, type RequestHeaders } from './headers';
import { KEY_ID, type KeyLookup } from './keySet';
import { refuse, type Refusal } from './refusal';

/** Signature C, v2 [P]: Ed25519 with a key that PonponPay publishes, bound to one merchant and environment. */
const FORMS = {
	version: { header: 'X-Webhook-Signature-Version', form: /^v2$/ },
	keyId: { header: 'X-Webhook-Key-Id', form: KEY_ID },
	timestamp: { header: 'X-Timestamp', form: TIMESTAMP },
	nonce: { header: 'X-Nonce', form: NONCE },
	merchantId: { header: 'X-Webhook-Merchant-Id', form: /^[\x21-\x2b\x2d-\x7e]{1,128}$/ },
	environment: { header: 'X-Webhook-Environment', form: /^(?:production|sandbox)$/ },
	signature: { header: 'X-Webhook-Signature-V2', form: /^[0-9A-Za-z_-]{86}$/ },
} as const;

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
	const read = readAll(headers, FORMS);
	if ('problem' in read) {
		return refuse(read.problem.reason, { scheme, header: read.problem.header });
	}
	const { keyId, timestamp, nonce, merchantId, environment } = read.values;
	if (!isSameText(audience.merchantId, merchantId)) {
		return refuse('wrongMerchant', { scheme, header: FORMS.merchantId.header });
	}
	if (environment !== audience.environment) {
		return refuse('wrongEnvironment', { scheme, header: FORMS.environment.header });
	}
	const signature = decodeBase64Url(read.values.signature);
	if (signature === undefined) {
		return refuse('badHeader', { scheme, header: FORMS.signature.header });
	}
	const stale = refuseStale(scheme, timestamp, now, toleranceSeconds);
	if (stale) return stale;
	const key = await lookUp(keyId);
	if (key === 'unavailable') return refuse('keysUnavailable', { scheme });
	if (key === 'unknown') return refuse('unknownKeyId', { scheme, header: FORMS.keyId.header });
	if (!verify(null, signedBytes(read.values, body), key, signature)) {
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
		[FORMS.version.header]: 'v2',
		[FORMS.keyId.header]: signed.keyId,
		[FORMS.timestamp.header]: signed.timestamp,
		[FORMS.nonce.header]: signed.nonce,
		[FORMS.merchantId.header]: signed.merchantId,
		[FORMS.environment.header]: signed.environment,
		[FORMS.signature.header]: sign(null, signedBytes(signed, body), signer.privateKey).toString(
			'base64url',
		),
	};
}

function signedBytes(
	signed: Audience & { keyId: string; timestamp: string; nonce: string },
	body: Buffer,
): Buffer {
	const { keyId, timestamp, nonce, merchantId, environment } = signed;
	const head = ['polypay-webhook-v2', keyId, timestamp, nonce, merchantId, environment, ''];
	return Buffer.concat([Buffer.from(head.join('\n')), body]);
}

/** Refuses the spellings that decode to the same bytes: one signature has one form. */
function decodeBase64Url(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64url');
	return bytes.length === 64 && bytes.toString('base64url') === text ? bytes : undefined;
}
