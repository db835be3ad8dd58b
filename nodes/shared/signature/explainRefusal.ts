import type { Refusal, RefusalReason, Scheme } from './refusal';

/** How users know the three schemes. */
const SCHEMES: Record<Scheme, string> = {
	secret: 'webhook secret',
	apiKey: 'API key',
	ed25519: 'Ed25519',
};

const ADVICE: Record<RefusalReason, string> = {
	notSigned:
		'it carries no signature that this credential can check. Deliveries of PonponPay always do; if yours are signed with a webhook secret, enter it in the credential',
	notSetUp: 'the settings or the PonponPay credential of this node are incomplete or wrong',
	notConfigured:
		'the credential lacks what this signature is checked with: enter the webhook secret or the merchant ID there',
	missingHeader: 'a header of the signature is missing',
	badHeader: 'a header of the signature is empty, repeated or malformed',
	wrongKey:
		'it was signed with another API key. Check that the credential holds the key of this account',
	wrongMerchant: 'it is meant for another merchant. Check the merchant ID in the credential',
	wrongEnvironment:
		'it is meant for another environment: a sandbox key takes sandbox deliveries only, a production key production deliveries only',
	wrongSignature:
		'the signature does not fit the body. Either it was not sent by PonponPay, or the key in the credential has changed, or something on the way altered it',
	stale:
		'its timestamp is too far from the clock of this n8n server. Set that clock right, unless the delivery was held up on the way',
	unknownKeyId: 'PonponPay publishes no key with the ID it names',
	replayed: 'exactly this delivery was received before',
	notAnEvent: 'it is signed, but its body is no event this package knows',
	aboutNothing: 'it is signed, but names no order, refund or dispute',
	notConfirmed: 'it is signed, but PonponPay itself says otherwise about this payment',
	notYetConfirmed:
		'it is signed, but the records of PonponPay do not say so yet. It may be right when it is sent again',
	cannotConfirm: 'PonponPay could not be asked whether it is true',
	notConfirmable:
		'it is signed, but PonponPay shows this account no records of such things, so that nobody can look whether it is true. To let such events in unseen, use a trigger without Confirm with PonponPay for them',
	notWaitedFor: 'it is about an order that this execution does not wait for',
	keysUnavailable:
		'the public keys of PonponPay could not be fetched. Check the host in the credential and that this n8n server may open connections to it',
	underWay:
		'another delivery about the same is being taken, and n8n has not said yet whether it could',
	busy: 'more deliveries came within ten minutes than can be remembered',
};

/** What a named value has to do with it, where it does not differ from what it should be. */
const ROLE_OF_FIELD: Partial<Record<RefusalReason, string>> = {
	notSetUp: 'setting',
	aboutNothing: 'missing',
};

/** What the sender of a refused delivery reads, as the contract has it (section 5). Names no secret and no value. */
export function refusalBody({ reason, header, field }: Refusal) {
	return { code: reason, message: `Refused: ${ADVICE[reason]}.`, field: field ?? header ?? null };
}

/** Why a delivery was refused, in words for the log. Names no secret and nothing the sender wrote. */
export function explainRefusal({
	reason,
	scheme,
	header,
	field,
	cause,
	clockOffset,
}: Refusal): string {
	const facts = [
		scheme && `signature: ${SCHEMES[scheme]}`,
		header && `header: ${header}`,
		field && `${ROLE_OF_FIELD[reason] ?? 'differs'}: ${field}`,
		cause && `cause: ${cause}`,
		clockOffset !== undefined && `clock: ${clockText(clockOffset)}`,
	].filter((fact) => fact);
	return facts.length === 0 ? ADVICE[reason] : `${ADVICE[reason]} (${facts.join(', ')})`;
}

function clockText(clockOffset: number): string {
	const side = clockOffset < 0 ? 'behind' : 'ahead of';
	return `the delivery is ${Math.abs(clockOffset)} seconds ${side} this server`;
}
