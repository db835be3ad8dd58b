import { createHash } from 'crypto';

import { isWireObject, type WireObject } from '../model/wire';
import { refuseProof, type ProofRefusal } from './proofRefusal';
import { X402_VERSION, type PaymentRequirement } from './requirement';
import { decodeHeader, HEADER } from './x402Header';

/** An EIP-3009 transfer of USDC that its owner has signed, and everything that is known of it without asking PonponPay. */
export type PaymentProof = {
	/** As the buyer sent it; it goes to PonponPay so. */
	readonly payload: WireObject;
	/** Which of ours it pays. */
	readonly requirement: PaymentRequirement;
	/** The wallet that pays, in lower case. */
	readonly payer: string;
	/** Unix seconds between which it counts. */
	readonly validAfter: number;
	readonly validBefore: number;
	/** Tells this proof from every other one, its signature included. */
	readonly key: string;
};

/** What one call is to be paid with. */
export type Wanted = {
	readonly requirements: readonly PaymentRequirement[];
	/** The address of what is sold. */
	readonly url: string;
};

const ADDRESS = /^0x[\da-f]{40}$/i;
const NONCE = /^0x[\da-f]{64}$/i;
/** 64 or 65 bytes, or the longer ones of smart wallets (EIP-1271, EIP-6492). */
const SIGNATURE = /^0x(?:[\da-f]{2}){64,4096}$/i;
/** A uint256 has at most 78 digits. */
const UINT = /^(?:0|[1-9]\d{0,77})$/;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Whether a request brings a payment, of whatever kind. */
export function bringsPayment(headers: Headers): boolean {
	return headers[HEADER.signature] !== undefined || headers[HEADER.oldPayment] !== undefined;
}

/**
 * Reads the proof of a payment and holds it against what is wanted, without asking anybody. Whether its signature is true, and
 * its money is there, PonponPay tells.
 *
 * @param headers of the request, names in lower case
 */
export function readProof(headers: Headers, wanted: Wanted): PaymentProof | ProofRefusal {
	const { [HEADER.signature]: text, [HEADER.oldPayment]: old } = headers;
	if (old !== undefined) {
		return text === undefined ? refuseProof('oldVersion') : refuseProof('twoProofs');
	}
	// Node joins what was sent twice with a comma, which no base64 holds.
	const payload = typeof text === 'string' ? decodeHeader(text.trim()) : undefined;
	if (payload === undefined) return refuseProof('unreadable');
	if (payload.x402Version !== X402_VERSION) return refuseProof('wrongVersion');
	const { accepted, payload: exact, resource } = payload;
	if (!isWireObject(accepted) || !isWireObject(exact)) return refuseProof('unreadable');
	if (isWireObject(resource) && resource.url !== undefined && resource.url !== wanted.url) {
		return refuseProof('otherResource');
	}
	const requirement = wanted.requirements.find(({ network }) => network === accepted.network);
	if (requirement === undefined) return refuseProof('otherNetwork');
	const differing = differenceTo(requirement, accepted);
	if (differing !== undefined) return refuseProof(differing);
	return readTransfer(payload, exact, requirement);
}

/** The signed transfer, which alone decides what the buyer pays to whom. */
function readTransfer(
	payload: WireObject,
	{ signature, authorization }: WireObject,
	requirement: PaymentRequirement,
): PaymentProof | ProofRefusal {
	if (!isWireObject(authorization) || !isMatch(SIGNATURE, signature))
		return refuseProof('unreadable');
	const { from, to, value, validAfter, validBefore, nonce } = authorization;
	if (!isMatch(ADDRESS, from) || !isMatch(ADDRESS, to) || !isMatch(NONCE, nonce)) {
		return refuseProof('unreadable');
	}
	if (!isMatch(UINT, value) || !isMatch(UINT, validAfter) || !isMatch(UINT, validBefore)) {
		return refuseProof('unreadable');
	}
	if (!isSameAddress(to, requirement.payTo)) return refuseProof('otherWallet');
	if (value !== requirement.amount) return refuseProof('otherAmount');
	const { network, asset } = requirement;
	const signed = [network, asset, from, to, value, validAfter, validBefore, nonce, signature];
	return {
		payload,
		requirement,
		payer: from.toLowerCase(),
		validAfter: Number(validAfter),
		validBefore: Number(validBefore),
		key: createHash('sha256').update(signed.join('\n').toLowerCase()).digest('base64url'),
	};
}

/** How far the clocks of a buyer, of this server and of the chain may lie apart, in seconds. */
export const CLOCK_TOLERANCE = 300;

/**
 * How long after its time a proof is still worth asking PonponPay about, in seconds: one that was settled in time is told again
 * what became of it, as to a buyer whose answer was lost in a restart. Any other is refused there.
 */
export const LATE_SECONDS = 600;

/** Whether a proof comes at a time at which it may be true. @param now Unix seconds */
export function refuseUntimely(
	{ validAfter, validBefore, requirement }: PaymentProof,
	now: number,
): ProofRefusal | undefined {
	if (validAfter > now) return refuseProof('notYetValid');
	if (validBefore < now - LATE_SECONDS) return refuseProof('expired');
	// One that counts for days could be sent again when nobody remembers it.
	const latest = now + requirement.maxTimeoutSeconds + CLOCK_TOLERANCE;
	return validBefore > latest ? refuseProof('validTooLong') : undefined;
}

function differenceTo(wanted: PaymentRequirement, accepted: WireObject) {
	const { scheme, amount, asset, payTo, extra } = accepted;
	if (scheme !== wanted.scheme) return 'otherScheme';
	if (amount !== wanted.amount) return 'otherAmount';
	if (!isSameAddress(asset, wanted.asset)) return 'otherToken';
	if (!isSameAddress(payTo, wanted.payTo)) return 'otherWallet';
	const given = isWireObject(extra) ? extra : {};
	const isSame = Object.entries(wanted.extra).every(
		([name, value]) => given[name] === undefined || given[name] === value,
	);
	return isSame ? undefined : 'otherToken';
}

function isMatch(form: RegExp, value: unknown): value is string {
	return typeof value === 'string' && form.test(value);
}

function isSameAddress(value: unknown, address: string): boolean {
	return typeof value === 'string' && value.toLowerCase() === address.toLowerCase();
}
