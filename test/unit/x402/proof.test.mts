import { Chance } from '../signature/chance';
import {
	encoded,
	makeBuyer,
	signPayment,
	type Authorization,
	type Payload,
} from '../../x402/buyer.mts';
import { mutate } from '../../x402/mutations.mts';
import {
	CLOCK_TOLERANCE,
	readProof,
	refuseUntimely,
	LATE_SECONDS,
	type PaymentProof,
} from '../../../nodes/shared/x402/proof';
import { requirePrice, requirementsFor } from '../../../nodes/shared/x402/requirement';
import { LONGEST_HEADER } from '../../../nodes/shared/x402/x402Header';

/** Change it to look elsewhere; a report names it together with the number of the mutation. */
const SEED = 20_261_127;
const MUTATIONS = 1_000;

const SHOP = '0x52908400098527886E0F7030069857D2E4169EE7';
const url = 'https://shop.example/webhook/answer';
const resource = { url, description: 'An answer', mimeType: 'application/json' };
const requirements = requirementsFor(requirePrice('Price', '0.01'), ['arbitrum', 'polygon'], SHOP);
const wanted = { requirements, url };
const buyer = makeBuyer('unit');
const now = Math.floor(Date.now() / 1000);

const sign = async (changes: Partial<Authorization> = {}) =>
	await signPayment(buyer, { resource, accepts: requirements }, changes);
const read = (payload: unknown) => readProof({ 'payment-signature': encoded(payload) }, wanted);
const proofOf = (payload: unknown) => {
	const proof = read(payload);
	if ('reason' in proof) throw new Error(proof.reason);
	return proof;
};

describe('A proof of payment', () => {
	it('is read with what it pays, who pays, and until when', async () => {
		const payload = await sign({ validAfter: '0', validBefore: String(now + 60) });
		expect(proofOf(payload)).toMatchObject({
			payload,
			requirement: requirements[0],
			payer: buyer.address.toLowerCase(),
			validAfter: 0,
			validBefore: now + 60,
		});
	});

	it('may be on any of the networks, and in base64url without padding', async () => {
		const asked = { resource, accepts: requirements };
		const payload = await signPayment(buyer, asked, {}, requirements[1]);
		const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
		const proof = readProof({ 'payment-signature': text }, wanted) as PaymentProof;
		expect(proof.requirement).toBe(requirements[1]);
		expect(proof.key).toBe(proofOf(payload).key);
	});

	it('is the same one whatever capitals it is written in, and another one with another signature', async () => {
		const payload = await sign();
		const { signature, authorization } = payload.payload;
		const spelt = {
			signature,
			authorization: { ...authorization, from: authorization.from.toLowerCase() },
		};
		expect(proofOf({ ...payload, payload: spelt }).key).toBe(proofOf(payload).key);
		const forged = { signature: signature.replace(/.$/, 'f'), authorization };
		const other = { signature: signature.replace(/.$/, 'e'), authorization };
		expect(proofOf({ ...payload, payload: forged }).key).not.toBe(
			proofOf({ ...payload, payload: other }).key,
		);
	});

	const change = (path: string, value: unknown) => (payload: Payload) => {
		const names = path.split('.');
		let place = payload as unknown as Record<string, Record<string, unknown>>;
		for (const name of names.slice(0, -1)) {
			place[name] = { ...place[name] };
			place = place[name] as typeof place;
		}
		(place as Record<string, unknown>)[names.at(-1)!] = value;
	};

	it.each<[string, (payload: Payload) => void]>([
		['wrongVersion', change('x402Version', 1)],
		['wrongVersion', change('x402Version', '2')],
		['unreadable', change('accepted', null)],
		['unreadable', change('payload', 'none')],
		['unreadable', change('payload.signature', '0x12')],
		['unreadable', change('payload.signature', undefined)],
		['unreadable', change('payload.authorization', [])],
		['unreadable', change('payload.authorization.from', 'me')],
		['unreadable', change('payload.authorization.nonce', '0x1')],
		['unreadable', change('payload.authorization.value', 10_000)],
		['unreadable', change('payload.authorization.value', '010000')],
		['unreadable', change('payload.authorization.validBefore', '-1')],
		['otherResource', change('resource.url', 'https://shop.example/webhook/other')],
		['otherScheme', change('accepted.scheme', 'upto')],
		['otherNetwork', change('accepted.network', 'eip155:8453')],
		['otherNetwork', change('accepted.network', 'arbitrum')],
		['otherAmount', change('accepted.amount', '9999')],
		['otherToken', change('accepted.asset', SHOP)],
		['otherToken', change('accepted.extra.name', 'USDC')],
		['otherWallet', change('accepted.payTo', buyer.address)],
		['otherWallet', change('payload.authorization.to', buyer.address)],
		['otherAmount', change('payload.authorization.value', '9999')],
		['otherAmount', change('payload.authorization.value', '10001')],
	])('is refused as %s', async (reason, alter) => {
		const payload = await sign();
		alter(payload);
		expect(read(payload)).toMatchObject({ reason });
	});

	it.each([
		['unreadable', { 'payment-signature': '' }],
		['unreadable', { 'payment-signature': 'not base64!' }],
		['unreadable', { 'payment-signature': encoded([1]) }],
		['unreadable', { 'payment-signature': encoded('text') }],
		['unreadable', { 'payment-signature': encoded({ a: 'b'.repeat(LONGEST_HEADER) }) }],
		['unreadable', { 'payment-signature': ['a', 'b'] }],
		['oldVersion', { 'x-payment': encoded({ x402Version: 1 }) }],
		['twoProofs', { 'x-payment': 'a', 'payment-signature': 'b' }],
	])('that came as %s is refused', (reason, headers) => {
		expect(readProof(headers, wanted)).toMatchObject({ reason });
	});

	it.each([
		['notYetValid', { validAfter: String(now + 5) }],
		['expired', { validBefore: String(now - LATE_SECONDS - 1) }],
		['expired', { validBefore: '0' }],
		['validTooLong', { validBefore: String(now + 61 + CLOCK_TOLERANCE) }],
		['validTooLong', { validBefore: '9'.repeat(77) }],
		[undefined, { validAfter: String(now), validBefore: String(now - LATE_SECONDS) }],
		[undefined, { validAfter: '0', validBefore: String(now + 60 + CLOCK_TOLERANCE) }],
	])('is %s by its time', async (reason, times) => {
		expect(refuseUntimely(proofOf(await sign(times)), now)?.reason).toBe(reason);
	});

	it(`never pays less or somebody else, however it is bent (${MUTATIONS} times from ${SEED})`, async () => {
		const chance = new Chance(SEED);
		const payload = await sign();
		const genuine = proofOf(payload);
		const passed = new Map<string, number>();
		for (let number = 0; number < MUTATIONS; number += 1) {
			const { how, header } = mutate(payload, chance);
			const proof = readProof({ 'payment-signature': header }, wanted);
			if ('reason' in proof) continue;
			passed.set(how, (passed.get(how) ?? 0) + 1);
			const { authorization } = proof.payload.payload as Payload['payload'];
			expect({ number, how, key: proof.key }).not.toMatchObject({ key: genuine.key });
			expect({ number, ...authorization }).toMatchObject({
				value: '10000',
				to: payload.payload.authorization.to,
			});
		}
		// Only what the signature covers can be bent unseen: PonponPay checks that.
		expect([...passed.keys()].sort()).toEqual([
			'earlier',
			'expired',
			'from',
			'longer',
			'nonce',
			'signature',
		]);
	});
});
