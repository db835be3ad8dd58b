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
			nonceKey: expect.stringContaining(NONCE),
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

	it.each([
		['{"status":2}', 'trade_id'],
		['{"status":2,"event_id":"evt_1","order_no":""}', 'trade_id'],
		['{"type":"order.paid","data":{}}', 'trade_id'],
		['{"type":"order.paid","data":{"status":9}}', 'trade_id'],
		['{"type":"order.expired","data":{"status":3}}', 'trade_id'],
		['{"type":"refund.succeeded","data":{"amount":5}}', 'refund_id'],
		['{"type":"dispute.opened","data":{"status":"open"}}', 'dispute_id'],
	])('refuses, for good, what says of nothing that it is about it: %s', async (text, field) => {
		expect(await newDoor()(...signed(text))).toEqual({
			reason: 'aboutNothing',
			status: 400,
			field,
		});
	});
});

describe('Test money', () => {
	const paid = (changes: object) => JSON.stringify({ order_no: 'shop-1', status: 2, ...changes });
	const other = { reason: 'wrongEnvironment', status: 401 };

	it.each([
		['a word of another world', { environment: 'Sandbox' }, 'environment'],
		['an unknown word', { environment: 'staging' }, 'environment'],
		['a word with blanks', { environment: ' production' }, 'environment'],
		['no word at all', { environment: { name: 'production' } }, 'environment'],
		['a switch', { environment: false }, 'environment'],
		['a trade ID of the sandbox', { trade_id: 'SB20261122083015' }, 'trade_id'],
		[
			'a trade ID of the sandbox beside the word of production',
			{ trade_id: 'SB20261122083015', environment: 'production' },
			'trade_id',
		],
		[
			'an envelope that names two',
			{ type: 'order.paid', environment: 'production', data: { environment: 'sandbox' } },
			'environment',
		],
		[
			'a refund of an order of the sandbox',
			{ type: 'refund.succeeded', data: { refund_id: 'R1', trade_id: 'SB20261122083015' } },
			'trade_id',
		],
	])('never passes as real: %s', async (_what, changes, field) => {
		expect(await newDoor()(...signed(paid(changes)))).toEqual({ ...other, field });
	});

	it.each(['sandbox', 'SANDBOX', 'staging', ''])(
		'never passes as real where an unsigned header says "%s" and the body production',
		async (environment) => {
			const [headers, body] = signed(paid({ environment: 'production' }));
			const named = { ...headers, 'X-Webhook-Environment': environment };
			expect(await newDoor()(named, body)).toEqual({ ...other, header: 'X-Webhook-Environment' });
		},
	);

	it.each(['PRODUCTION', 'Production', 'production', null, ''])(
		'is not what the environment %j is',
		async (environment) => {
			expect(await newDoor()(...signed(paid({ environment })))).toMatchObject({
				environment: 'production',
				identity: { dedupeKey: 'production:order:shop-1:order.paid' },
			});
		},
	);

	it('is welcome to the credential of the sandbox, and real money is not', async () => {
		const trust = trustOf({ ...CREDENTIAL, environment: 'sandbox' });
		const told = { trade_id: 'SB20261122083015', environment: 'Sandbox' };
		expect(await newDoor(trust)(...signed(paid(told)))).toMatchObject({ environment: 'sandbox' });
		expect(await newDoor(trust)(...signed(paid({ environment: 'PRODUCTION' })))).toMatchObject(
			other,
		);
	});
});

describe('The trust that a credential founds', () => {
	it('follows the contract unless the user insists on one signature', () => {
		expect(trustOf(CREDENTIAL).signature).toBe('auto');
		expect(trustOf(CREDENTIAL, 'ed25519').signature).toBe('ed25519');
	});

	it('knows the secret of the registered webhook beside its own', async () => {
		const [headers, body] = signed('{"order_no":"shop-1","status":2}', {
			secret: 'of the hook',
		});
		expect(await newDoor()(headers, body)).toMatchObject({ reason: 'wrongSignature' });
		const trust = trustOf(CREDENTIAL, 'auto', 'of the hook');
		expect(await newDoor(trust)(headers, body)).toMatchObject({ scheme: 'secret' });
		expect(await newDoor(trust)(HEADERS_A)).toMatchObject({ scheme: 'secret' });
	});
});
