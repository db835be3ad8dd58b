import { createHash } from 'crypto';

import { InvalidInput } from './invalidInput';

/** Longest id the API takes for orders and refunds of ours [P]. */
export const LONGEST_ID = 32;

/** No id that PonponPay or a shop gives is longer than this; what is, is something else in the wrong field. */
const LONGEST_KNOWN_ID = 128;

/** Tabs, line breaks, and the marks and blanks that nobody sees. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** What an expression such as `'shop-' + $json.id` makes of an id that is missing: every item would get the same order. */
const MISSING_PART = /undefined|(?<![0-9a-z])(?:null|nan)(?![0-9a-z])/i;

/**
 * An id that a new order or refund is to get.
 *
 * @param field the field's label, for the message
 * @throws InvalidInput when it is longer than {@link LONGEST_ID}, holds characters that do not survive a URL or a log, or was put
 *   together from a value that is missing
 */
export function requireNewId(field: string, id: string): string {
	if (id.length > LONGEST_ID) {
		throw new InvalidInput(
			field,
			id,
			`must have at most ${LONGEST_ID} characters, and this has ${id.length}`,
		);
	}
	if (!/^[\x21-\x7e]+$/.test(id)) {
		throw new InvalidInput(
			field,
			id,
			'must consist of plain letters, digits and signs such as - and _, without spaces',
		);
	}
	const [missing] = MISSING_PART.exec(id) ?? [];
	if (missing !== undefined) {
		throw new InvalidInput(
			field,
			id,
			`must be whole, and ${missing} in it stands for a missing value`,
		);
	}
	return id;
}

/**
 * An id under which something is looked up: whatever a shop or PonponPay may have given it.
 *
 * @param field the field's label, for the message
 * @throws InvalidInput when no thing can have it
 */
export function requireKnownId(field: string, id: string): string {
	if (id.length > LONGEST_KNOWN_ID) {
		throw new InvalidInput(
			field,
			id,
			`must have at most ${LONGEST_KNOWN_ID} characters, and this has ${id.length}`,
		);
	}
	if (INVISIBLE.test(id)) {
		throw new InvalidInput(field, id, 'must not hold line breaks or invisible characters');
	}
	return id;
}

const SUCCESSOR_HASH_CHARACTERS = 8;

/**
 * The id of an order that takes the place of another: `shop-1042-2`, `shop-1042-3` and so on.
 *
 * The same each time it is asked for, so that a retry finds the order that took the place. Where it would be longer than
 * {@link LONGEST_ID}, a hash of the whole id stands for its end, so that long ids stay apart.
 *
 * @param id at most {@link LONGEST_ID} characters
 * @param number from 2
 */
export function successorId(id: string, number: number): string {
	const end = `-${number}`;
	if (id.length + end.length <= LONGEST_ID) return id + end;
	const unique = `~${base36Hash(id, SUCCESSOR_HASH_CHARACTERS)}${end}`;
	return id.slice(0, LONGEST_ID - unique.length) + unique;
}

function base36Hash(text: string, characters: number): string {
	const hash = createHash('sha256').update(text).digest('hex');
	return BigInt(`0x${hash}`).toString(36).padStart(50, '0').slice(-characters);
}

/** The execution in which an item was first worked on: the same when n8n tries it again, in whatever way and however often. */
export type FirstExecution =
	/** What newer n8n draws for an execution and hands on to its retries. It stays a secret: ids hold hashes of it. */
	| { readonly drawn: string }
	/** Its number, where n8n draws nothing. Numbers come again once n8n's database has been restored from a backup. */
	| { readonly number: string };

/** What makes one item of one node run different from every other in the world. */
export type ItemIdentity = {
	/** The n8n installation. */
	instanceId: string;
	workflowId: string;
	execution: FirstExecution;
	nodeId: string;
	/** Counts a node's runs within one execution, as in a loop; of a tool, what tells its call from all others. */
	runIndex: number | string;
	itemIndex: number;
};

const HASH_CHARACTERS = 14;
const EXECUTION_HASH_CHARACTERS = 6;

/**
 * The id an order or refund gets when the user gives none.
 *
 * Derived, not drawn: the same item of the same run gives the same id when n8n retries the node, so that the create is
 * recognised instead of done twice. It reads `n8n-<execution>-<item, from 1>-<hash>`, so that what one execution made stands
 * together in a dashboard; the hash over the whole identity (70 bits) is what makes it unique. The execution is its number, or
 * six characters where n8n draws something better: a number changes when an execution is tried again. At most
 * {@link LONGEST_ID} characters.
 *
 * @param purpose keeps the ids of different kinds of things apart, such as `order` and `refund`
 */
export function deriveId(purpose: string, identity: ItemIdentity): string {
	const { instanceId, workflowId, execution, nodeId, runIndex, itemIndex } = identity;
	const whole = [purpose, instanceId, workflowId, execution, nodeId, runIndex, itemIndex];
	const unique = base36Hash(JSON.stringify(whole), HASH_CHARACTERS);
	const readable = `n8n-${readableExecution(execution)}-${itemIndex + 1}`;
	return `${readable.slice(0, LONGEST_ID - HASH_CHARACTERS - 1)}-${unique}`;
}

function readableExecution(execution: FirstExecution): string {
	return 'drawn' in execution
		? base36Hash(`execution ${execution.drawn}`, EXECUTION_HASH_CHARACTERS)
		: execution.number.replace(/[^0-9A-Za-z]/g, '');
}
