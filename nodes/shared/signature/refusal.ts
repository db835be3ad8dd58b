/** The three ways PonponPay signs a delivery (contract, section 5): A, B and C. */
export type Scheme = 'secret' | 'apiKey' | 'ed25519';

/**
 * Why a delivery is not let in, with the status the sender gets: the ones PonponPay's own receivers give [P].
 *
 * - `notSigned`: it has no signature that counts for this credential
 * - `notSetUp`: the trigger's own settings or credential are incomplete
 * - `notConfigured`: the credential lacks what the chosen way of checking needs
 * - `missingHeader`, `badHeader`: a header of the signature is absent; or doubled, empty or of the wrong form
 * - `wrongKey`: signed with another API key than the credential's
 * - `wrongMerchant`, `wrongEnvironment`: meant for somebody else
 * - `wrongSignature`: the signature does not fit the body
 * - `stale`: the timestamp is too far from this server's clock
 * - `unknownKeyId`: PonponPay publishes no such key
 * - `replayed`: exactly this delivery was here before
 * - `notAnEvent`: signed, but the body is not JSON or no event
 * - `aboutNothing`: signed, but it names no order, refund or dispute
 * - `notConfirmed`: signed, but PonponPay's own records say otherwise, for good
 * - `notYetConfirmed`: signed, but PonponPay's own records do not say so yet
 * - `cannotConfirm`: PonponPay could not be asked
 * - `notConfirmable`: PonponPay shows this account no records of such things, and never will
 * - `notWaitedFor`: it is about an order that this execution does not wait for
 * - `keysUnavailable`: the public keys cannot be fetched
 * - `underWay`: it is being taken already, and how that ends is not known yet
 * - `busy`: more deliveries within the time window than can be remembered
 */
const STATUS = {
	notSigned: 401,
	notSetUp: 503,
	notConfigured: 401,
	missingHeader: 401,
	badHeader: 401,
	wrongKey: 401,
	wrongMerchant: 401,
	wrongEnvironment: 401,
	wrongSignature: 401,
	stale: 401,
	unknownKeyId: 401,
	replayed: 409,
	notAnEvent: 400,
	aboutNothing: 400,
	notConfirmed: 403,
	notYetConfirmed: 503,
	cannotConfirm: 503,
	notConfirmable: 403,
	notWaitedFor: 404,
	keysUnavailable: 503,
	underWay: 503,
	busy: 503,
} as const;

export type RefusalReason = keyof typeof STATUS;

/** Never holds a secret, a signature, or anything else the sender wrote. */
export type Refusal = {
	readonly reason: RefusalReason;
	/** The HTTP status to answer with. */
	readonly status: number;
	/** Which scheme was expected; absent when none applied. */
	readonly scheme?: Scheme;
	/** The name of the header concerned. */
	readonly header?: string;
	/** The name of the value that is not as it should be. */
	readonly field?: string;
	/** What stands behind it, in words for the log: why PonponPay could not be asked, or which setting cannot be used. */
	readonly cause?: string;
	/** By how many seconds the sender's clock is ahead of ours; below zero: behind. */
	readonly clockOffset?: number;
};

/** A refusal with the status that belongs to its reason: that of PonponPay's own receivers [P], where they have one. */
export function refuse(
	reason: RefusalReason,
	details: Omit<Refusal, 'reason' | 'status'> = {},
): Refusal {
	return { reason, status: STATUS[reason], ...details };
}

/** Whether PonponPay takes a status as the end of the delivery [P]. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}
