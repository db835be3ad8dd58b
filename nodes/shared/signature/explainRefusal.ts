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
	notSetUp: 'the settings or the PonponPay credential of the trigger are incomplete',
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
	contradictory:
		'it is signed, but its type says one thing and the status of its order another: look the order up with Order: Get',
	notConfirmed: 'it is signed, but PonponPay itself says otherwise about this payment',
	cannotConfirm: 'PonponPay could not be asked whether it is true',
	notWaitedFor: 'it is about an order that this execution does not wait for',
	keysUnavailable:
		'the public keys of PonponPay could not be fetched. Check the host in the credential and that this n8n server may open connections to it',
	busy: 'more deliveries came within ten minutes than can be remembered',
};

/** Why a delivery was refused, in words for the log and the sender. Names no secret and nothing the sender wrote. */
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
		field && `differs: ${field}`,
		cause && `cause: ${cause}`,
		clockOffset !== undefined && `clock: ${clockText(clockOffset)}`,
	].filter((fact) => fact);
	return facts.length === 0 ? ADVICE[reason] : `${ADVICE[reason]} (${facts.join(', ')})`;
}

function clockText(clockOffset: number): string {
	const side = clockOffset < 0 ? 'behind' : 'ahead of';
	return `the delivery is ${Math.abs(clockOffset)} seconds ${side} this server`;
}
