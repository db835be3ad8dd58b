import { requirePrice, requirementsFor } from '../../../nodes/shared/x402/requirement';
import {
	completeSettlement,
	responseHeader,
	settlementDifference,
	toSettlement,
	toVerification,
	type Settlement,
} from '../../../nodes/shared/x402/settlement';
import { decodeHeader } from '../../../nodes/shared/x402/x402Header';

const PAYER = '0x52908400098527886e0f7030069857d2e4169ee7';
const [requirement] = requirementsFor(
	requirePrice('Price', '0.01'),
	['base'],
	`0x${'a1'.repeat(20)}`,
);
const wanted = { requirement, payer: PAYER };
const settled = {
	success: true,
	transaction: '0xabc',
	network: 'eip155:8453',
	payer: PAYER.toUpperCase().replace('0X', '0x'),
	amount: '10000',
	paymentId: 'pay_1',
	replayed: false,
};
const read = (wire: object) => toSettlement(wire as Record<string, unknown>) as Settlement;

describe('What PonponPay says of a proof', () => {
	it('is a verdict only where it says yes or no', () => {
		expect(toVerification({ isValid: true, payer: PAYER })).toEqual({
			isValid: true,
			reason: '',
			payer: PAYER,
		});
		expect(toVerification({ isValid: false, invalidReason: 'insufficient_funds' })).toMatchObject({
			isValid: false,
			reason: 'insufficient_funds',
		});
		expect(toVerification({ isValid: 'true' })).toBeUndefined();
		expect(toVerification({})).toBeUndefined();
	});

	it('is shown to buyers in its words alone', () => {
		const { reason } = toVerification({
			isValid: false,
			invalidReason: `<script>${'x'.repeat(999)}`,
		})!;
		expect(reason).toMatch(/^script x+$/);
		expect(reason).toHaveLength(200);
	});
});

describe('A settlement', () => {
	it('is read, its ID also where the extensions hold it', () => {
		expect(read(settled)).toEqual({
			isSettled: true,
			reason: '',
			transaction: '0xabc',
			network: 'eip155:8453',
			payer: PAYER,
			amount: '10000',
			paymentId: 'pay_1',
			isReplay: false,
		});
		const { paymentId, replayed, ...rest } = { ...settled, replayed: true };
		expect(read({ ...rest, extensions: { polypay: { paymentId, replayed } } })).toMatchObject({
			paymentId: 'pay_1',
			isReplay: true,
		});
	});

	it.each([[{}], [{ ...settled, paymentId: '' }], [{ ...settled, success: 1 }]])(
		'is none in %j',
		(wire) => expect(toSettlement(wire)).toBeUndefined(),
	);

	it('that failed needs no ID', () => {
		expect(read({ success: false, errorReason: 'nonce_used' })).toMatchObject({
			isSettled: false,
			reason: 'nonce_used',
			paymentId: '',
		});
	});

	it.each([
		[{}, undefined],
		[{ network: undefined, payer: undefined, amount: undefined }, undefined],
		[{ network: 'eip155:1' }, 'the network is eip155:1'],
		[{ amount: '9999' }, 'the amount is 9999'],
		[{ payer: `0x${'0'.repeat(40)}` }, 'another wallet has paid'],
		[{ success: false, amount: '1' }, undefined],
	])('with %j differs in: %s', (changes, difference) => {
		expect(settlementDifference(read({ ...settled, ...changes }), wanted)).toBe(difference);
	});

	it('is told to the buyer with its ID', () => {
		const sparse = read({ success: true, transaction: '0xabc', paymentId: 'pay_1' });
		expect(decodeHeader(responseHeader(completeSettlement(sparse, wanted)))).toEqual({
			success: true,
			transaction: '0xabc',
			network: 'eip155:8453',
			payer: PAYER,
			amount: '10000',
			extensions: { polypay: { paymentId: 'pay_1' } },
		});
		const failed = read({ success: false, errorReason: 'nonce_used', network: 'eip155:8453' });
		expect(decodeHeader(responseHeader(failed))).toEqual({
			success: false,
			transaction: '',
			network: 'eip155:8453',
			errorReason: 'nonce_used',
		});
	});
});
