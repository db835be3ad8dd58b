import { isWireObject, wireText, type WireObject } from '../model/wire';
import type { PaymentProof } from './proof';
import { X402_VERSION, type PaymentRequirement } from './requirement';
import { encodeHeader } from './x402Header';

/** Whether PonponPay holds a proof for true. */
export type Verification = {
	readonly isValid: boolean;
	/** PonponPay's word for what is wrong; empty where it gives none. */
	readonly reason: string;
	/** In lower case; empty where it is not told. */
	readonly payer: string;
};

/** What became of a proof that was to be settled. */
export type Settlement = {
	readonly isSettled: boolean;
	/** PonponPay's word for what is wrong; empty where it gives none. */
	readonly reason: string;
	/** The hash of the transfer; empty while it is not known. */
	readonly transaction: string;
	readonly network: string;
	readonly payer: string;
	/** In millionths of a USDC. */
	readonly amount: string;
	/** By which PonponPay knows the payment; empty where it was not settled. */
	readonly paymentId: string;
	/** Whether it had been settled before. */
	readonly isReplay: boolean;
};

/** The words of an answer that may be shown to buyers, and nothing that could be a page or a secret. */
const WORDS = /[^\w .,:;()'/-]/g;
const LONGEST_REASON = 200;

function reasonText(value: unknown): string {
	return (wireText(value) ?? '').replace(WORDS, ' ').trim().slice(0, LONGEST_REASON);
}

/** @returns `undefined` for what is no verdict */
export function toVerification(wire: WireObject): Verification | undefined {
	const { isValid, invalidReason, payer } = wire;
	if (typeof isValid !== 'boolean') return undefined;
	return { isValid, reason: reasonText(invalidReason), payer: lowerText(payer) };
}

/** @returns `undefined` for what is no settlement: a success has an ID */
export function toSettlement(wire: WireObject): Settlement | undefined {
	const { success, errorReason, transaction, network, payer, amount } = wire;
	if (typeof success !== 'boolean') return undefined;
	const { extensions } = wire;
	const more =
		isWireObject(extensions) && isWireObject(extensions.polypay) ? extensions.polypay : {};
	const paymentId = wireText(wire.paymentId) ?? wireText(more.paymentId) ?? '';
	if (success && paymentId === '') return undefined;
	return {
		isSettled: success,
		reason: reasonText(errorReason),
		transaction: wireText(transaction) ?? '',
		network: wireText(network) ?? '',
		payer: lowerText(payer),
		amount: wireText(amount) ?? '',
		paymentId,
		isReplay: (wire.replayed ?? more.replayed) === true,
	};
}

/** Who is to pay what. */
export type PaidBy = { readonly requirement: PaymentRequirement; readonly payer: string };

/** What PonponPay is asked about a proof (contract, section 7). @param method of the call that it pays for */
export function proofRequest(
	{ payload, requirement }: Pick<PaymentProof, 'payload' | 'requirement'>,
	{ url, method }: { readonly url: string; readonly method: string },
) {
	return {
		x402Version: X402_VERSION,
		paymentPayload: payload,
		paymentRequirements: requirement,
		method,
		resource: url,
	};
}

/** Who is to pay what, by such a request. */
export function paidBy({ paymentPayload, paymentRequirements }: WireObject): PaidBy {
	const { payload } = paymentPayload as { payload: { authorization: { from: string } } };
	return {
		requirement: paymentRequirements as PaymentRequirement,
		payer: payload.authorization.from.toLowerCase(),
	};
}

/** In which value a settlement is not that of the proof, in words; what the answer leaves out decides nothing. */
export function settlementDifference(
	{ isSettled, network, payer, amount }: Settlement,
	wanted: PaidBy,
): string | undefined {
	if (!isSettled) return undefined;
	const { requirement } = wanted;
	if (network !== '' && network !== requirement.network) return `the network is ${network}`;
	if (amount !== '' && amount !== requirement.amount) return `the amount is ${amount}`;
	return payer !== '' && payer !== wanted.payer ? 'another wallet has paid' : undefined;
}

/** A settlement that tells all that is known of the payment. */
export function completeSettlement(
	settlement: Settlement,
	{ requirement, payer }: PaidBy,
): Settlement {
	return { ...settlement, network: requirement.network, amount: requirement.amount, payer };
}

/** The header `PAYMENT-RESPONSE`. */
export function responseHeader(settlement: Settlement): string {
	const { isSettled, reason, transaction, network, payer, amount, paymentId } = settlement;
	return encodeHeader({
		success: isSettled,
		transaction,
		network,
		...(payer !== '' && { payer }),
		...(amount !== '' && { amount }),
		...(!isSettled && { errorReason: reason }),
		...(paymentId !== '' && { extensions: { polypay: { paymentId } } }),
	});
}

function lowerText(value: unknown): string {
	return (wireText(value) ?? '').toLowerCase();
}
