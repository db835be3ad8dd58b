/** Why a proof is not taken, in what buyers read: sentences without their full stop. */
const MESSAGES = {
	unreadable:
		'PAYMENT-SIGNATURE must be the base64 JSON of an x402 payment, with a signed EIP-3009 authorization',
	twoProofs: 'PAYMENT-SIGNATURE and X-PAYMENT came together; send PAYMENT-SIGNATURE alone',
	oldVersion:
		'X-PAYMENT of x402 version 1 is not taken here; sign what PAYMENT-REQUIRED asks for and send it as PAYMENT-SIGNATURE',
	wrongVersion: 'the payment must be of x402 version 2',
	otherResource: 'the payment is for another address',
	otherScheme: 'only the scheme exact is taken here',
	otherNetwork: 'the payment is on a network that is not taken here',
	otherToken: 'the payment is in another token',
	otherWallet: 'the payment goes to another wallet',
	otherAmount: 'the payment is not of exactly the amount that is asked for',
	notYetValid: 'the authorization does not count yet',
	expired: 'the authorization has expired',
	validTooLong: 'the authorization counts for longer than maxTimeoutSeconds',
} as const;

export type ProofRefusalReason = keyof typeof MESSAGES;

/** A proof that is not taken. Holds nothing that the buyer wrote. */
export type ProofRefusal = {
	readonly reason: ProofRefusalReason;
	readonly message: string;
};

/** A refusal with the sentence that belongs to its reason. */
export function refuseProof(reason: ProofRefusalReason): ProofRefusal {
	return { reason, message: MESSAGES[reason] };
}
