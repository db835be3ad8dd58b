/** Why a proof is not taken: what x402 calls it, and what buyers read. */
const REASONS = {
	unreadable: [
		'invalid_payload',
		'PAYMENT-SIGNATURE must be the base64 JSON of an x402 payment, with a signed EIP-3009 authorization',
	],
	twoProofs: [
		'invalid_payload',
		'PAYMENT-SIGNATURE and X-PAYMENT came together; send PAYMENT-SIGNATURE alone',
	],
	oldVersion: [
		'invalid_x402_version',
		'X-PAYMENT of x402 version 1 is not taken here; sign what PAYMENT-REQUIRED asks for and send it as PAYMENT-SIGNATURE',
	],
	wrongVersion: ['invalid_x402_version', 'the payment must be of x402 version 2'],
	otherResource: ['invalid_payment_requirements', 'the payment is for another address'],
	otherScheme: ['unsupported_scheme', 'only the scheme exact is taken here'],
	otherNetwork: ['invalid_network', 'the payment is on a network that is not taken here'],
	otherToken: ['invalid_payment_requirements', 'the payment is in another token'],
	otherWallet: [
		'invalid_exact_evm_payload_recipient_mismatch',
		'the payment goes to another wallet',
	],
	otherAmount: [
		'invalid_exact_evm_payload_authorization_value',
		'the payment is not of exactly the amount that is asked for',
	],
	notYetValid: [
		'invalid_exact_evm_payload_authorization_valid_after',
		'the authorization does not count yet',
	],
	expired: [
		'invalid_exact_evm_payload_authorization_valid_before',
		'the authorization has expired, or does so before it could be settled',
	],
	validTooLong: [
		'invalid_exact_evm_payload_authorization_valid_before',
		'the authorization counts for longer than maxTimeoutSeconds',
	],
} as const;

export type ProofRefusalReason = keyof typeof REASONS;

/** A proof that is not taken. Holds nothing that the buyer wrote. */
export type ProofRefusal = {
	readonly reason: ProofRefusalReason;
	/** The word that x402 has for it. */
	readonly code: string;
	readonly message: string;
};

/** A refusal with the word and the sentence that belong to its reason. */
export function refuseProof(reason: ProofRefusalReason): ProofRefusal {
	const [code, message] = REASONS[reason];
	return { reason, code, message };
}
