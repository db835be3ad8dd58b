import { makeBuyer, signPayment, type Authorization, type Payload } from '../x402/buyer.mts';
import { requirePrice, requirementsFor } from '../../nodes/shared/x402/requirement';
import { startSandbox, type Sandbox } from './sandbox.mts';
import { call } from './support/client.mts';

const PREFIX = { prefix: '/api/v1/pay' };
const SHOP = '0x52908400098527886E0F7030069857D2E4169EE7';
const resource = { url: 'https://shop.example/webhook/answer', description: '', mimeType: '' };
const accepts = requirementsFor(requirePrice('Price', '0.01'), ['base', 'polygon'], SHOP);
const buyer = makeBuyer('sandbox');

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
	sandbox.x402.addResource({ url: resource.url, method: 'GET', payTo: SHOP });
});
afterEach(async () => await sandbox.close());

const sign = async (changes?: Partial<Authorization>) =>
	await signPayment(buyer, { resource, accepts }, changes);
const body = (payload: Payload, changes: object = {}) => ({
	x402Version: 2,
	paymentPayload: payload,
	paymentRequirements: payload.accepted,
	method: 'GET',
	resource: resource.url,
	...changes,
});
const ask = async (
	what: 'verify' | 'settle',
	payload: Payload,
	changes: object = {},
	key?: string,
) =>
	await call(sandbox, `/x402/${what}`, body(payload, changes), { ...PREFIX, ...(key && { key }) });

describe('A payment by x402', () => {
	test('is verified, and settled once however often that is asked for', async () => {
		const payload = await sign();
		expect((await ask('verify', payload)).data).toEqual({ isValid: true, payer: buyer.address });
		const { data } = await ask('settle', payload);
		expect(data).toMatchObject({
			success: true,
			network: 'eip155:8453',
			payer: buyer.address,
			amount: '10000',
			replayed: false,
			paymentId: expect.stringMatching(/^x402_/),
			transaction: expect.stringMatching(/^0x[\da-f]{64}$/),
		});
		const again = await ask('settle', payload);
		expect(again.data).toMatchObject({ paymentId: data.paymentId, replayed: true });
		expect((await ask('verify', payload)).data).toMatchObject({ isValid: true });
		expect(sandbox.x402.payments()).toMatchObject([{ payer: buyer.address, settles: 2 }]);
		expect(sandbox.x402.unverifiedSettles()).toBe(0);
	});

	test('that was not verified is settled, and counted', async () => {
		await ask('settle', await sign());
		expect(sandbox.x402.unverifiedSettles()).toBe(1);
	});

	test('is refused where another one has used its nonce', async () => {
		const nonce = `0x${'12'.repeat(32)}`;
		await ask('settle', await sign({ nonce }));
		const other = await sign({ nonce, validAfter: '7' });
		expect((await ask('verify', other)).data).toEqual({
			isValid: false,
			invalidReason: 'authorization_nonce_used',
		});
	});

	const past = String(Math.floor(Date.now() / 1000) - 1);
	const future = String(Math.floor(Date.now() / 1000) + 100);
	test.each<[string, Partial<Authorization>, object]>([
		['invalid_x402_version', {}, { x402Version: 1 }],
		['invalid_payment_requirements', {}, { paymentRequirements: null }],
		['resource_not_enabled', {}, { method: 'POST' }],
		['resource_not_enabled', {}, { resource: `${resource.url}/` }],
		['invalid_network', {}, { paymentRequirements: { ...accepts[0], network: 'eip155:56' } }],
		[
			'invalid_payment_requirements',
			{},
			{ paymentRequirements: { ...accepts[0], payTo: buyer.address } },
		],
		['invalid_payment_requirements', {}, { paymentRequirements: { ...accepts[0], asset: SHOP } }],
		['invalid_exact_evm_payload_authorization_value', { value: '9999' }, {}],
		['invalid_exact_evm_payload_recipient_mismatch', { to: buyer.address }, {}],
		['invalid_exact_evm_payload_authorization_valid_before', { validBefore: past }, {}],
		['invalid_exact_evm_payload_authorization_valid_after', { validAfter: future }, {}],
		// Signed for another chain.
		['invalid_exact_evm_payload_signature', {}, { paymentRequirements: accepts[1] }],
	])('is refused as %s', async (reason, changes, told) => {
		const payload = await sign(changes);
		expect((await ask('verify', payload, told)).data).toMatchObject({ invalidReason: reason });
		expect((await ask('settle', payload, told)).data).toMatchObject({ errorReason: reason });
		expect(sandbox.x402.payments()).toEqual([]);
	});

	test('is refused with a signature of somebody else', async () => {
		const payload = await sign({ from: makeBuyer('another').address });
		expect((await ask('verify', payload)).data).toMatchObject({
			invalidReason: 'invalid_exact_evm_payload_signature',
		});
	});

	test('is refused where the wallet has too little', async () => {
		sandbox.x402.setBalance(buyer.address, 19_999n);
		await ask('settle', await sign());
		expect((await ask('verify', await sign())).data).toMatchObject({
			invalidReason: 'insufficient_funds',
		});
	});

	test('is not there for sandbox keys, nor under the old prefix', async () => {
		const payload = await sign();
		expect(await ask('verify', payload, {}, sandbox.sandboxApiKey)).toMatchObject({ code: 10001 });
		expect(await call(sandbox, '/x402/verify', body(payload))).toMatchObject({ status: 404 });
	});

	test('stands for other processes too', async () => {
		const post = await fetch(`${sandbox.url}/_sandbox/x402/resources`, {
			method: 'POST',
			body: JSON.stringify({ url: 'https://shop.example/b', method: 'POST', payTo: SHOP }),
		});
		expect(post.status).toBe(200);
		const asked = { ...resource, url: 'https://shop.example/b' };
		const payload = await signPayment(buyer, { resource: asked, accepts });
		const told = { method: 'POST', resource: asked.url };
		expect((await ask('settle', payload, told)).data).toMatchObject({ success: true });
		const payments = await fetch(`${sandbox.url}/_sandbox/x402/payments`);
		expect(await payments.json()).toMatchObject([{ resource: asked.url, payTo: SHOP }]);
	});
});
