import type { RequestBody } from '../model/json';
import { Decimal } from '../model/money';
import { ENDPOINTS, READING_PATHS, type Endpoint, type EndpointName } from './endpoints';

/**
 * What the owner of a credential allows those who use it, people and AI agents alike.
 *
 * The client keeps to it before anything is sent, so that no operation can forget it. It binds this package, not the
 * API key: whoever can read the key can do anything with it.
 */
export type Limits = {
	/** Nothing is created or changed. */
	readonly isReadOnly: boolean;
	/** Most an order may ask for; absent: any amount. */
	readonly highestOrderAmount?: Decimal;
	/** Most one refund may send back; absent: any amount. */
	readonly highestRefundAmount?: Decimal;
};

/** What a credential allows whose owner has set nothing. */
export const NO_LIMITS: Limits = { isReadOnly: false };

/** A request that the credential does not allow. Nothing was sent. */
export class NotAllowed extends Error {
	constructor(
		message: string,
		/** Which option of the credential, and what to do. */
		readonly description: string,
	) {
		super(message);
		this.name = 'NotAllowed';
	}
}

const ORDER = { option: 'Highest Order Amount', thing: 'an order' };
const REFUND = { option: 'Highest Refund Amount', thing: 'a refund' };

/**
 * Whether a call of the table may be sent.
 *
 * @throws NotAllowed
 */
export function requireAllowed(limits: Limits, name: EndpointName, body: RequestBody): void {
	const { effect, path }: Endpoint = ENDPOINTS[name];
	if (limits.isReadOnly && effect !== 'read' && effect !== 'receive') {
		throw new NotAllowed(
			`The PonponPay credential is for reading only, so ${path} was not called`,
			'Its option Read Only is on. Choose another credential for this node, or turn the option off if those who use this credential may create and change things.',
		);
	}
	if (name === 'orderAdd' || name === 'orderCheckout') {
		requireAtMost(limits.highestOrderAmount, body.amount, ORDER);
	}
	if (name === 'refundAdd') requireRefundAllowed(limits, body.amount);
}

/**
 * Whether so much may be sent back, by PonponPay or by a person who is asked to.
 *
 * @throws NotAllowed
 */
export function requireRefundAllowed(limits: Limits, amount: RequestBody[string]): void {
	requireAtMost(limits.highestRefundAmount, amount, REFUND);
}

/**
 * Whether a call to a path of the user's own may be sent. What an unknown endpoint does nobody knows, so with any limit set
 * only those may be called of which it is known that they only look: at every path where it would be tried.
 *
 * @throws NotAllowed
 */
export function requirePathAllowed(limits: Limits, { path, legacyPath }: Endpoint): void {
	const options = optionsSet(limits);
	const tried = [path, legacyPath ?? path];
	if (options.length === 0 || tried.every((each) => READING_PATHS.includes(each))) return;
	throw new NotAllowed(
		`The PonponPay credential has limits, so ${path} was not called: API Request may then only read`,
		`These options of the credential are set: ${options.join(', ')}. Choose another credential for this node, or call one of ${READING_PATHS.join(', ')}.`,
	);
}

/**
 * Whether a tool of the MCP server may be called. What it does is known only by its own word: with any limit set, those
 * alone that declare themselves to be reading.
 *
 * @throws NotAllowed
 */
export function requireToolAllowed(
	limits: Limits,
	{ name, isReadOnly }: { name: string; isReadOnly: boolean },
): void {
	const options = optionsSet(limits);
	if (options.length === 0 || isReadOnly) return;
	throw new NotAllowed(
		`The PonponPay credential has limits, so the tool ${name} was not called: it does not say that it only reads`,
		`These options of the credential are set: ${options.join(', ')}. Choose another credential for this node, or a tool that is listed as reading only.`,
	);
}

function requireAtMost(
	highest: Decimal | undefined,
	amount: RequestBody[string],
	{ option, thing }: { option: string; thing: string },
): void {
	if (highest === undefined) return;
	const asked = amount instanceof Decimal ? amount : Decimal.parse(amount);
	if (asked !== undefined && asked.compare(highest) <= 0) return;
	throw new NotAllowed(
		`The PonponPay credential allows ${highest} at most for ${thing}, and ${asked ?? 'no exact amount'} was asked for`,
		`Nothing was sent. The limit is the option ${option} of the credential: ask for ${highest} or less, or have the option raised by whoever looks after the credential.`,
	);
}

function optionsSet(limits: Limits): string[] {
	return [
		limits.isReadOnly && 'Read Only',
		limits.highestOrderAmount !== undefined && ORDER.option,
		limits.highestRefundAmount !== undefined && REFUND.option,
	].filter((option) => option !== false);
}
