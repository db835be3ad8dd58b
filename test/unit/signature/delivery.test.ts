import { UsedOnce } from '../../../nodes/shared/once/usedOnce';
import { openDelivery } from '../../../nodes/shared/signature/delivery';
import { RequestHeaders } from '../../../nodes/shared/signature/headers';
import { signDelivery, type SigningKeys } from '../../../nodes/shared/signature/signDelivery';
import { trustOf } from '../../../nodes/shared/signature/trust';
import { API_KEY, BODY, HEADERS_A, HEADERS_B, NONCE, SECRET, TIMESTAMP } from './vectors.mts';

const CREDENTIAL = {
	apiKey: API_KEY,
	webhookSecret: SECRET,
	merchantId: '',
	environment: 'production',
} as const;

/** The door of one receiver. */
function newDoor(trust = trustOf(CREDENTIAL)) {
	const now = () => TIMESTAMP * 1000;
	const nonces = new UsedOnce(now);
	const lookUpKey = async () => 'unknown' as const;
	return async (headers: Record<string, string>, body = BODY) =>
		await openDelivery({ headers: RequestHeaders.fromAnySpelling(headers), body }, trust, {
			now,
			nonces,
			lookUpKey,
		});
}

const signed = (text: string, keys: SigningKeys = { apiKey: API_KEY }) =>
	[
		signDelivery(Buffer.from(text), keys, { timestamp: TIMESTAMP, nonce: NONCE }),
		Buffer.from(text),
	] as const;

describe('The door for deliveries', () => {
	it('gives the event, who it is, its own JSON, and how it was proven', async () => {
		expect(await newDoor()(HEADERS_B)).toEqual({
			event: expect.objectContaining({ type: 'order.paid', eventId: 'evt_1' }),
			identity: expect.objectContaining({ dedupeKey: 'production:order:shop-1001:order.paid' }),
			environment: 'production',
			raw: JSON.parse(BODY.toString()),
			scheme: 'apiKey',
			release: expect.any(Function),
		});
	});

	it('gives a refusal, and nothing of what is not proven', async () => {
		expect(await newDoor()(HEADERS_B, Buffer.from('{"status":2}'))).toEqual({
			reason: 'wrongSignature',
			status: 401,
			scheme: 'apiKey',
		});
	});

	it('lets a delivery in once, and again when it was given back', async () => {
		const open = newDoor();
		const opened = await open(HEADERS_B);
		expect(await open(HEADERS_B)).toMatchObject({ reason: 'replayed' });
		if ('reason' in opened) throw new Error('It was refused');
		opened.release();
		expect(await open(HEADERS_B)).toMatchObject({ scheme: 'apiKey' });
	});

	it('has nothing to give back where the signature has no nonce', async () => {
		const open = newDoor();
		const opened = await open(HEADERS_A);
		if ('reason' in opened) throw new Error('It was refused');
		opened.release();
		expect(await open(HEADERS_A)).toMatchObject({ scheme: 'secret' });
	});

	it.each([
		['is no event', '{"amount":25}', { reason: 'notAnEvent', status: 400 }],
		[
			'is of the other environment',
			'{"status":2,"environment":"sandbox"}',
			{ reason: 'wrongEnvironment', status: 401, field: 'environment' },
		],
	])(
		'refuses what is signed but %s, for the same reason each time',
		async (_what, text, refusal) => {
			const open = newDoor();
			expect(await open(...signed(text))).toEqual(refusal);
			expect(await open(...signed(text))).toEqual(refusal);
		},
	);
});

describe('The trust that a credential founds', () => {
	it('follows the contract unless the user insists on one signature', () => {
		expect(trustOf(CREDENTIAL).signature).toBe('auto');
		expect(trustOf(CREDENTIAL, 'ed25519').signature).toBe('ed25519');
	});

	it('knows the secret of the registered webhook beside its own', async () => {
		const [headers, body] = signed('{"status":2}', { secret: 'of the hook' });
		expect(await newDoor()(headers, body)).toMatchObject({ reason: 'wrongSignature' });
		const trust = trustOf(CREDENTIAL, 'auto', 'of the hook');
		expect(await newDoor(trust)(headers, body)).toMatchObject({ scheme: 'secret' });
		expect(await newDoor(trust)(HEADERS_A)).toMatchObject({ scheme: 'secret' });
	});
});
