/**
 * Deliveries signed by OpenSSL, not by the code under test. The commands stand beside the values;
 * `body.json` holds {@link BODY} without a line feed at its end.
 */
export const BODY = Buffer.from(
	'{"order_no":"shop-1001","trade_id":"T20260101","status":2,"amount":25.0001,"currency":"USDT","network":"Tron","hash":"9f2c","environment":"production","event_id":"evt_1"}',
);

/** 2026-01-01T00:00:00Z. */
export const TIMESTAMP = 1_767_225_600;
export const NONCE = 'Nonce0123456789ab';
export const SECRET = 'whsec_example';
export const API_KEY = 'sk_live_0123456789abcdef';
export const MERCHANT_ID = 'M10001';
export const KEY_ID = 'key-2026.1';

/** openssl dgst -sha256 -hmac whsec_example body.json */
export const SIGNATURE_A = '7d8e9a70e6dc14537387737c43c4d7f1f2591bec001be2ace6a771ab37177bd1';

/**
 * H=$(printf %s sk_live_0123456789abcdef | openssl dgst -sha256 -r | cut -d' ' -f1)
 * (printf '1767225600\nNonce0123456789ab\n'; cat body.json) | openssl dgst -sha256 -hmac "$H"
 */
export const SIGNATURE_B = '022663a87bc916a58f6c676c53743661bee68220f0099af80ce3638d3845bf41';

/** The first test key of RFC 8032, section 7.1. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
/** printf 302e020100300506032b657004220420$SEED | xxd -r -p > key.der */
export const PRIVATE_KEY_DER = Buffer.from(`302e020100300506032b657004220420${SEED}`, 'hex');

/** openssl pkey -inform DER -in key.der -pubout -outform DER | tail -c 32 | basenc --base64url */
export const PUBLIC_KEY_X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

/**
 * (printf 'polypay-webhook-v2\nkey-2026.1\n1767225600\nNonce0123456789ab\nM10001\nproduction\n'; cat body.json) > signed
 * openssl pkeyutl -sign -inkey key.der -keyform DER -rawin -in signed | basenc --base64url -w0
 */
export const SIGNATURE_C =
	'k4EzGZm_b8-a54g7ZewdidocLyHxYIkaWfJZ6EPyfi4NKzJtFn-afV1juy1tp11uhU9-itsehBdR8o6SOxYrCA';

export const HEADERS_A = { 'X-PonponPay-Signature': SIGNATURE_A };

export const HEADERS_B = {
	'X-Key-Prefix': 'sk_live_0123',
	'X-Timestamp': '1767225600',
	'X-Nonce': NONCE,
	'X-Signature': SIGNATURE_B,
};

export const HEADERS_C = {
	'X-Webhook-Signature-Version': 'v2',
	'X-Webhook-Key-Id': KEY_ID,
	'X-Timestamp': '1767225600',
	'X-Nonce': NONCE,
	'X-Webhook-Merchant-Id': MERCHANT_ID,
	'X-Webhook-Environment': 'production',
	'X-Webhook-Signature-V2': SIGNATURE_C,
};

export const JWK = {
	kty: 'OKP',
	crv: 'Ed25519',
	alg: 'EdDSA',
	use: 'sig',
	kid: KEY_ID,
	x: PUBLIC_KEY_X,
};
