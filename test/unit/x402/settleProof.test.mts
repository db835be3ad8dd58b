import { PonponPayClient } from '../../../nodes/shared/api/client';
import { settleProof } from '../../../nodes/shared/api/settleProof';
import { readProof, type PaymentProof } from '../../../nodes/shared/x402/proof';
import { requirePrice, requirementsFor } from '../../../nodes/shared/x402/requirement';
import { encoded, makeBuyer, signPayment } from '../../x402/buyer.mts';
import {
	busy,
	down,
	FakeEnvironment,
	fault,
	HOST,
	refusal,
	scripted,
	success,
	type Step,
} from '../api/support';

const url = 'https://shop.example/webhook/answer';
const resource = { url, description: '', mimeType: '' };
const accepts = requirementsFor(
	requirePrice('Price', '0.01'),
	['base'],
	'0x52908400098527886E0F7030069857D2E4169EE7',
);
const ONCE = { mostTries: 1, totalMs: 10_000, timeoutMs: 1000 };
const valid = success({ isValid: true });
const settledWith = (changes: object = {}) =>
	success({ success: true, paymentId: 'x402_1', transaction: '0xab', replayed: false, ...changes });

let proof: PaymentProof;
beforeAll(async () => {
	const payload = await signPayment(makeBuyer('settle'), { resource, accepts });
	const read = readProof({ 'payment-signature': encoded(payload) }, { requirements: accepts, url });
	if ('reason' in read) throw new Error(read.reason);
	proof = read;
});

const settle = async (progress: { isVerified: boolean; isBegun: boolean }, ...script: Step[]) => {
	const { sent, transport } = scripted(...script);
	const client = new PonponPayClient(HOST, transport, ONCE, new FakeEnvironment());
	const outcome = await settleProof(client, proof, { url, method: 'POST' }, progress);
	return { outcome, sent, progress };
};
const fresh = () => ({ isVerified: false, isBegun: false });

describe('A proof that is settled', () => {
	it('is sent to both endpoints as the contract has it', async () => {
		const { sent, outcome } = await settle(fresh(), valid, settledWith());
		const body = {
			x402Version: 2,
			paymentPayload: proof.payload,
			paymentRequirements: accepts[0],
			method: 'POST',
			resource: url,
		};
		expect(sent.map(({ path, body: told }) => [path, told])).toEqual([
			['/api/v1/pay/x402/verify', body],
			['/api/v1/pay/x402/settle', body],
		]);
		expect(outcome).toMatchObject({
			is: 'settled',
			isForeign: false,
			settlement: { paymentId: 'x402_1', payer: proof.payer, amount: '10000' },
		});
	});

	it.each([
		['it is not valid', success({ isValid: false, invalidReason: 'no' }), 'refused'],
		['it is of another wallet', success({ isValid: true, payer: '0x1' }), 'refused'],
		['PonponPay says no', refusal(10001, 'no'), 'unclear'],
		['PonponPay does not answer', down(), 'unclear'],
		['what comes is no verdict', success({}), 'unclear'],
	])('is never settled where %s', async (_what, answer, is) => {
		const { sent, outcome, progress } = await settle(fresh(), answer);
		expect(outcome.is).toBe(is);
		expect(sent).toHaveLength(1);
		expect(progress).toEqual(fresh());
	});

	it.each([
		['a lost answer', fault('interrupted')],
		['a status 502', down(502)],
		['a success without an ID', success({ success: true })],
	])('is sent again, the same, after %s; a replay is then its own', async (_what, answer) => {
		const { sent, outcome } = await settle(fresh(), valid, answer, settledWith({ replayed: true }));
		expect(sent).toHaveLength(3);
		expect(sent[2].body).toEqual(sent[1].body);
		expect(outcome).toMatchObject({ is: 'settled', isForeign: false });
	});

	it('goes on where it stopped: what was verified is not verified again', async () => {
		const { outcome, progress } = await settle(fresh(), valid, down(), down(), down());
		expect(outcome.is).toBe('unclear');
		expect(progress).toEqual({ isVerified: true, isBegun: true });
		const next = await settle(progress, settledWith({ replayed: true }));
		expect(next.sent.map(({ path }) => path)).toEqual(['/api/v1/pay/x402/settle']);
		expect(next.outcome).toMatchObject({ is: 'settled', isForeign: false });
	});

	it.each([
		['PonponPay is busy', busy('3600')],
		['PonponPay says no', refusal(10001, 'no')],
		['nobody is there', fault('unreachable', 'ECONNREFUSED')],
	])('has begun nothing where %s', async (_what, answer) => {
		const { outcome, progress } = await settle(fresh(), valid, answer);
		expect(outcome.is).toBe('unclear');
		expect(progress).toEqual({ isVerified: true, isBegun: false });
		const next = await settle(progress, settledWith({ replayed: true }));
		expect(next.outcome).toMatchObject({ is: 'settled', isForeign: true });
	});

	it('may be refused all the same', async () => {
		const answer = success({ success: false, errorReason: 'nonce_used' });
		const { outcome } = await settle(fresh(), valid, answer);
		expect(outcome).toMatchObject({
			is: 'refused',
			reason: 'nonce_used',
			settlement: { isSettled: false },
		});
	});

	it('is not what PonponPay has settled otherwise', async () => {
		const { outcome } = await settle(fresh(), valid, settledWith({ amount: '1' }));
		expect(outcome).toMatchObject({ is: 'unclear', failure: { details: { kind: 'mismatch' } } });
	});
});
