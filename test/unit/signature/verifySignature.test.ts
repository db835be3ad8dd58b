import { createPrivateKey } from 'crypto';

import { signDelivery } from '../../../nodes/shared/signature/signDelivery';
import { newReceiver, outcome } from './receiver';
import {
	API_KEY,
	BODY,
	HEADERS_A,
	HEADERS_B,
	HEADERS_C,
	KEY_ID,
	MERCHANT_ID,
	NONCE,
	PRIVATE_KEY_DER,
	SECRET,
	SIGNATURE_A,
	SIGNATURE_C,
	TIMESTAMP,
} from './vectors.mts';

const secrets = [SECRET];
const merchantId = MERCHANT_ID;
const delivery = (headers: Record<string, unknown>, body = BODY) => ({ headers, body });
const without = (headers: Record<string, string>, name: string) =>
	Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

describe('A delivery signed by somebody else’s code', () => {
	it('is accepted with the webhook secret', async () => {
		const verdict = await newReceiver().verify(delivery(HEADERS_A), { secrets });
		expect(verdict).toEqual({ accepted: true, scheme: 'secret', nonceKey: undefined });
	});

	it('is accepted with the API key', async () => {
		const verdict = await newReceiver().verify(delivery(HEADERS_B));
		expect(verdict).toEqual({
			accepted: true,
			scheme: 'apiKey',
			nonceKey: `${TIMESTAMP}\n${NONCE}\n`,
		});
	});

	it('is accepted with Ed25519', async () => {
		const verdict = await newReceiver().verify(delivery(HEADERS_C), { merchantId });
		expect(verdict).toEqual({
			accepted: true,
			scheme: 'ed25519',
			nonceKey: `v2|${KEY_ID}|${TIMESTAMP}|${NONCE}`,
		});
	});

	it('is accepted with Ed25519 however its environment is written, as long as it is signed so', async () => {
		const privateKey = createPrivateKey({ key: PRIVATE_KEY_DER, format: 'der', type: 'pkcs8' });
		const ed25519 = { privateKey, keyId: KEY_ID, merchantId, environment: 'PRODUCTION' };
		const headers = signDelivery(BODY, { ed25519 }, { timestamp: TIMESTAMP, nonce: NONCE });
		const verdict = await newReceiver().verify(delivery(headers), { merchantId });
		expect(outcome(verdict)).toBe('accepted by ed25519');
		const rewritten = { ...headers, 'X-Webhook-Environment': 'production' };
		expect(outcome(await newReceiver().verify(delivery(rewritten), { merchantId }))).toBe(
			'wrongSignature',
		);
	});

	it('has exactly the headers that our own signers make', () => {
		const privateKey = createPrivateKey({ key: PRIVATE_KEY_DER, format: 'der', type: 'pkcs8' });
		const moment = { timestamp: TIMESTAMP, nonce: NONCE };
		const ed25519 = { privateKey, keyId: KEY_ID, merchantId, environment: 'production' };
		expect(signDelivery(BODY, { secret: SECRET }, moment)).toEqual(HEADERS_A);
		expect(signDelivery(BODY, { apiKey: API_KEY }, moment)).toEqual(HEADERS_B);
		expect(signDelivery(BODY, { ed25519 }, moment)).toEqual(HEADERS_C);
		const all = { ...HEADERS_A, ...HEADERS_B, ...HEADERS_C };
		expect(signDelivery(BODY, { secret: SECRET, apiKey: API_KEY, ed25519 }, moment)).toEqual(all);
		expect(signDelivery(BODY, { secret: '', apiKey: API_KEY }, moment)).toEqual(HEADERS_B);
	});
});

describe('Which signature counts', () => {
	it('is Ed25519 alone once a merchant ID is configured', async () => {
		const both = { ...HEADERS_B, ...HEADERS_C, ...HEADERS_A };
		expect(outcome(await newReceiver().verify(delivery(both), { merchantId, secrets }))).toBe(
			'accepted by ed25519',
		);
		for (const headers of [HEADERS_A, HEADERS_B, { ...HEADERS_A, ...HEADERS_B }]) {
			const verdict = await newReceiver().verify(delivery(headers), { merchantId, secrets });
			expect(outcome(verdict)).toBe('missingHeader');
		}
	});

	it('is the API key before the secret', async () => {
		const both = { ...HEADERS_A, ...HEADERS_B };
		expect(outcome(await newReceiver().verify(delivery(both), { secrets }))).toBe(
			'accepted by apiKey',
		);
	});

	it.each(Object.keys(HEADERS_B))(
		'is the API key as soon as %s is there, even beside a good secret signature',
		async (name) => {
			for (const value of ['x', '']) {
				const verdict = await newReceiver().verify(delivery({ ...HEADERS_A, [name]: value }), {
					secrets,
				});
				expect(verdict).toMatchObject({ accepted: false, refusal: { scheme: 'apiKey' } });
			}
		},
	);

	it('is never another one after the first has said no', async () => {
		const badB = { ...HEADERS_A, ...HEADERS_B, 'X-Signature': '0'.repeat(64) };
		expect(outcome(await newReceiver().verify(delivery(badB), { secrets }))).toBe('wrongSignature');
		const badC = { ...HEADERS_A, ...HEADERS_B, ...HEADERS_C, 'X-Webhook-Key-Id': 'other' };
		expect(outcome(await newReceiver().verify(delivery(badC), { secrets, merchantId }))).toBe(
			'unknownKeyId',
		);
	});

	it('is none without headers, or with a secret signature that cannot be checked', async () => {
		expect(outcome(await newReceiver().verify(delivery({}), { secrets }))).toBe('notSigned');
		expect(outcome(await newReceiver().verify(delivery(HEADERS_A)))).toBe('notSigned');
		expect(outcome(await newReceiver().verify(delivery(HEADERS_A), { secrets: [''] }))).toBe(
			'notSigned',
		);
	});

	it.each([
		['secret', 'accepted by secret'],
		['apiKey', 'accepted by apiKey'],
		['ed25519', 'accepted by ed25519'],
	] as const)('is the one the user insists on: %s', async (signature, expected) => {
		const all = { ...HEADERS_A, ...HEADERS_B, ...HEADERS_C };
		const trust = { signature, secrets, merchantId };
		expect(outcome(await newReceiver().verify(delivery(all), trust))).toBe(expected);
		const others = await newReceiver().verify(delivery({}), trust);
		expect(outcome(others)).toBe('missingHeader');
	});

	it('cannot be one that the credential has no means to check', async () => {
		const all = { ...HEADERS_A, ...HEADERS_B, ...HEADERS_C };
		for (const signature of ['secret', 'ed25519'] as const) {
			expect(outcome(await newReceiver().verify(delivery(all), { signature }))).toBe(
				'notConfigured',
			);
		}
		const noKey = await newReceiver().verify(delivery(all), { signature: 'apiKey', apiKey: '' });
		expect(outcome(noKey)).toBe('notConfigured');
	});
});

describe('The webhook secret', () => {
	it.each([
		['with the prefix sha256=', `sha256=${SIGNATURE_A}`],
		['in capitals', SIGNATURE_A.toUpperCase()],
		['in capitals with the prefix', `sha256=${SIGNATURE_A.toUpperCase()}`],
	])('is recognised %s', async (_how, signature) => {
		const verdict = await newReceiver().verify(delivery({ 'x-ponponpay-signature': signature }), {
			secrets,
		});
		expect(outcome(verdict)).toBe('accepted by secret');
	});

	it('may be the one of the credential or the one of the registered hook', async () => {
		for (const known of [
			['other', SECRET],
			[SECRET, 'other'],
			['', SECRET],
		]) {
			const verdict = await newReceiver().verify(delivery(HEADERS_A), { secrets: known });
			expect(outcome(verdict)).toBe('accepted by secret');
		}
		const wrong = await newReceiver().verify(delivery(HEADERS_A), { secrets: ['other'] });
		expect(outcome(wrong)).toBe('wrongSignature');
	});
});

describe('A delivery is refused', () => {
	const cases: Array<[string, Record<string, string>, object]> = [
		['A', HEADERS_A, { secrets }],
		['B', HEADERS_B, {}],
		['C', HEADERS_C, { merchantId }],
	];

	it.each(cases)('when one bit of the body differs (%s)', async (_name, headers, trust) => {
		for (const position of [0, 40, BODY.length - 1]) {
			const body = Buffer.from(BODY);
			body[position] ^= 1;
			const verdict = await newReceiver().verify(delivery(headers, body), trust);
			expect(outcome(verdict)).toBe('wrongSignature');
		}
	});

	it.each(cases)(
		'when a header is missing, empty, doubled or huge (%s)',
		async (_n, headers, trust) => {
			for (const name of Object.keys(headers)) {
				const value = headers[name];
				const changed = [
					without(headers, name),
					{ ...headers, [name]: '' },
					{ ...headers, [name]: `${value}, ${value}` },
					{ ...headers, [name]: [value, value] },
					{ ...headers, [name]: `${value} ` },
					{ ...headers, [name.toLowerCase()]: value },
					{ ...headers, [name]: value.repeat(1000) },
				];
				for (const bad of changed) {
					const verdict = await newReceiver().verify(delivery(bad), trust);
					expect(verdict).toMatchObject({ accepted: false, refusal: { status: 401 } });
				}
			}
		},
	);

	it('when it names another API key, and says so', async () => {
		const verdict = await newReceiver().verify(delivery(HEADERS_B), {
			apiKey: `other${API_KEY}`,
		});
		expect(verdict).toMatchObject({ refusal: { reason: 'wrongKey', header: 'X-Key-Prefix' } });
	});

	it('when it has the right prefix but the wrong key', async () => {
		const verdict = await newReceiver().verify(delivery(HEADERS_B), { apiKey: `${API_KEY}0` });
		expect(outcome(verdict)).toBe('wrongSignature');
	});

	it('when it is meant for another merchant or environment', async () => {
		const other = await newReceiver().verify(delivery(HEADERS_C), { merchantId: 'M10002' });
		expect(outcome(other)).toBe('wrongMerchant');
		const sandbox = await newReceiver().verify(delivery(HEADERS_C), {
			merchantId,
			environment: 'sandbox',
		});
		expect(outcome(sandbox)).toBe('wrongEnvironment');
	});

	it('when the merchant or environment was swapped to fit', async () => {
		const swapped = { ...HEADERS_C, 'X-Webhook-Merchant-Id': 'M10002' };
		const verdict = await newReceiver().verify(delivery(swapped), { merchantId: 'M10002' });
		expect(outcome(verdict)).toBe('wrongSignature');
	});

	it('when the base64url of its signature is padded, standard, or not canonical', async () => {
		const spellings = [
			`${SIGNATURE_C}==`,
			SIGNATURE_C.replaceAll('-', '+').replaceAll('_', '/'),
			`${SIGNATURE_C.slice(0, -1)}B`,
		];
		for (const signature of spellings) {
			const headers = { ...HEADERS_C, 'X-Webhook-Signature-V2': signature };
			expect(outcome(await newReceiver().verify(delivery(headers), { merchantId }))).toBe(
				'badHeader',
			);
		}
	});

	it.each(cases.slice(1))(
		'when it is more than 300 seconds off, either way (%s)',
		async (_n, headers, trust) => {
			for (const [offset, expected] of [
				[300, /accepted/],
				[-300, /accepted/],
				[301, /stale/],
				[-301, /stale/],
			] as const) {
				const receiver = newReceiver();
				receiver.clock.seconds = TIMESTAMP - offset;
				expect(outcome(await receiver.verify(delivery(headers), trust))).toMatch(expected);
			}
		},
	);

	it('when it is stale, with the number of seconds', async () => {
		const receiver = newReceiver();
		receiver.clock.seconds = TIMESTAMP + 400;
		const verdict = await receiver.verify(delivery(HEADERS_B));
		expect(verdict).toMatchObject({ refusal: { status: 401, clockOffset: -400 } });
	});

	it('without giving away any of the secrets', async () => {
		const all = { ...HEADERS_A, ...HEADERS_B, ...HEADERS_C };
		const refusals = await Promise.all([
			newReceiver().verify(delivery(all, Buffer.from('{}')), { secrets, merchantId }),
			newReceiver().verify(delivery(all, Buffer.from('{}')), { secrets }),
			newReceiver().verify(delivery(HEADERS_A, Buffer.from('{}')), { secrets }),
			newReceiver().verify(delivery(all), { apiKey: 'another' }),
		]);
		const text = JSON.stringify(refusals);
		for (const secret of [API_KEY, SECRET, SIGNATURE_A, SIGNATURE_C, NONCE, MERCHANT_ID]) {
			expect(text).not.toContain(secret);
		}
	});
});

describe('A nonce', () => {
	it.each([
		['B', HEADERS_B, {}],
		['C', HEADERS_C, { merchantId }],
	])('is accepted once (%s)', async (_name, headers, trust) => {
		const receiver = newReceiver();
		await receiver.verify(delivery(headers), trust);
		const again = await receiver.verify(delivery(headers), trust);
		expect(again).toMatchObject({ refusal: { reason: 'replayed', status: 409 } });
	});

	it('is accepted once of many equal deliveries at the same moment', async () => {
		const receiver = newReceiver();
		const verdicts = await Promise.all(
			Array.from({ length: 20 }, async () =>
				outcome(await receiver.verify(delivery(HEADERS_C), { merchantId })),
			),
		);
		expect(verdicts.filter((verdict) => verdict === 'accepted by ed25519')).toHaveLength(1);
	});

	it('is not used up by a forgery, nor by a stale delivery', async () => {
		const receiver = newReceiver();
		await receiver.verify(delivery(HEADERS_B, Buffer.from('{}')));
		await receiver.verify(delivery({ ...HEADERS_B, 'X-Signature': '0'.repeat(64) }));
		receiver.clock.seconds += 301;
		await receiver.verify(delivery(HEADERS_B));
		receiver.clock.seconds -= 301;
		expect(outcome(await receiver.verify(delivery(HEADERS_B)))).toBe('accepted by apiKey');
	});

	it('is remembered as long as its signature could be fresh', async () => {
		const receiver = newReceiver();
		receiver.clock.seconds = TIMESTAMP - 300;
		await receiver.verify(delivery(HEADERS_B));
		receiver.clock.seconds = TIMESTAMP + 300;
		expect(outcome(await receiver.verify(delivery(HEADERS_B)))).toBe('replayed');
	});

	it('can be given back', async () => {
		const receiver = newReceiver();
		await receiver.verify(delivery(HEADERS_B));
		receiver.nonces.release(`${TIMESTAMP}\n${NONCE}\n`);
		expect(outcome(await receiver.verify(delivery(HEADERS_B)))).toBe('accepted by apiKey');
	});
});
