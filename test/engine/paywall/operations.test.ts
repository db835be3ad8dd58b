import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { decoded, encoded, makeBuyer, signPayment, type Authorization } from '../../x402/buyer.mts';
import type { PaymentRequired } from '../../../nodes/shared/x402/paymentRequired';
import { account, engine, typed } from '../action/support.mts';

const WALLET = '0x52908400098527886E0F7030069857D2E4169EE7';
const resourceUrl = 'https://shop.example/webhook/answers';
const terms = { price: '0.01', networks: ['base'], wallet: WALLET, resourceUrl };
const buyer = makeBuyer('operations');

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
	sandbox.x402.addResource({ url: resourceUrl, method: 'POST', payTo: WALLET });
});
afterEach(async () => await sandbox.close());

const run = async (operation: string, parameters: INodeParameters) =>
	await engine.runNode({
		parameters: { resource: 'paywall', operation, ...terms, ...parameters },
		credentials: account(sandbox.url, sandbox.apiKey),
	});
const required = async (options: IDataObject = {}) => {
	const { outputs, error } = await run('requirePayment', { options: options as INodeParameters });
	if (error) throw error;
	return outputs[0][0].json as { statusCode: number; headers: IDataObject; body: PaymentRequired };
};
const settle = async (paymentSignature: string, options: IDataObject = {}) =>
	await run('settlePayment', {
		paymentSignature,
		callMethod: 'POST',
		options: options as INodeParameters,
	});
const sign = async (changes: Partial<Authorization> = {}) =>
	encoded(await signPayment(buyer, (await required()).body, changes));

describe('Payment Required', () => {
	it('makes the answer to a call that is not paid, without asking anybody', async () => {
		const { statusCode, headers, body } = await required({
			description: 'Answers',
			mimeType: 'text/plain',
			reason: 'insufficient_funds',
		});
		expect(statusCode).toBe(402);
		expect(decoded(String(headers['PAYMENT-REQUIRED']))).toEqual(body);
		expect(body).toMatchObject({
			x402Version: 2,
			error: 'insufficient_funds',
			resource: { url: resourceUrl, description: 'Answers', mimeType: 'text/plain' },
			accepts: [{ network: 'eip155:8453', amount: '10000', payTo: WALLET }],
		});
		expect(sandbox.requests.count()).toBe(0);
	});

	it('refuses a wallet that is none', async () => {
		const { error } = await run('requirePayment', { wallet: '0x12' });
		expect(error?.message).toMatch(/^Wallet/);
	});
});

describe('Verify and Settle', () => {
	it('takes a payment once, and tells what the receipt is', async () => {
		const proof = await sign();
		const { outputs } = await settle(proof);
		const [{ paymentId, transaction }] = sandbox.x402.payments();
		const [{ json }] = outputs[0];
		expect(json).toMatchObject({
			isPaid: true,
			reason: null,
			paymentId,
			payer: buyer.address.toLowerCase(),
			amount: '0.01',
			network: 'base',
			transaction,
			isReplay: false,
		});
		const { 'PAYMENT-RESPONSE': receipt } = json.headers as Record<string, string>;
		expect(decoded(receipt)).toMatchObject({ success: true, transaction });
		const again = await settle(proof);
		expect(again.outputs[0][0].json).toMatchObject({ isPaid: true, paymentId, isReplay: true });
		expect(sandbox.x402.payments()).toHaveLength(1);
		expect(sandbox.x402.unverifiedSettles()).toBe(0);
	});

	it('settles the same payment again after a lost answer, which is no replay', async () => {
		sandbox.faults.script('/x402/settle', [{ kind: 'reset', when: 'after' }]);
		const { outputs } = await settle(await sign());
		expect(outputs[0][0].json).toMatchObject({ isPaid: true, isReplay: false });
		expect(sandbox.x402.payments()).toMatchObject([{ settles: 2 }]);
	});

	it.each([
		['of another amount', { value: '1' }, /exactly the amount/],
		['that has expired', { validBefore: '1' }, /expired/],
	])(
		'says why a payment %s is not taken, without asking PonponPay',
		async (_what, changes, reason) => {
			const { outputs } = await settle(await sign(changes));
			expect(outputs[0][0].json).toMatchObject({
				isPaid: false,
				reason: expect.stringMatching(reason) as string,
				paymentId: null,
			});
			expect(sandbox.requests.count()).toBe(0);
		},
	);

	it('says why PonponPay does not take a payment', async () => {
		sandbox.x402.setBalance(buyer.address, 1n);
		const { outputs } = await settle(await sign());
		expect(outputs[0][0].json).toMatchObject({ isPaid: false, reason: 'insufficient_funds' });
		expect(sandbox.requests.count('/x402/settle')).toBe(0);
	});

	it('stops where it is not known whether money was taken', async () => {
		sandbox.faults.always('/x402/settle', { kind: 'status', status: 500, when: 'after' });
		const { error } = await settle(await sign());
		expect(error?.message).toContain('PonponPay is not available right now');
	});

	it('needs no permission to create, because money only comes in', async () => {
		const { outputs } = await engine.runNode({
			parameters: {
				resource: 'paywall',
				operation: 'settlePayment',
				...terms,
				callMethod: 'POST',
				paymentSignature: await sign(),
			},
			credentials: { ponponPayApi: { ...typed(sandbox.url, sandbox.apiKey), readOnly: true } },
		});
		expect(outputs[0][0].json).toMatchObject({ isPaid: true });
	});
});
