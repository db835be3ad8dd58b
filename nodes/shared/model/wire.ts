import { isoTime } from './time';

/** An object as the API sends it: snake_case names, anything as value. */
export type WireObject = Record<string, unknown>;

/** Whether a value of the wire is an object; a list is none. */
export function isWireObject(value: unknown): value is WireObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or number of the wire as text; `null` where it is absent or empty. */
export function wireText(value: unknown): string | null {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** The first of several names under which the API sends the same thing. */
export function firstText(wire: WireObject, ...names: string[]): string | null {
	for (const name of names) {
		const text = wireText(wire[name]);
		if (text !== null) return text;
	}
	return null;
}

/** A count of the wire: a whole number from zero, or its text; `null` for anything else. */
export function wireCount(value: unknown): number | null {
	const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : null;
}

/** A word of the wire, such as a status, in the one spelling: lower case, and `cancelled` with two letters l. */
export function wireWord(value: unknown): string | null {
	const word = wireText(value)?.toLowerCase() ?? '';
	if (word === '') return null;
	return word === 'canceled' ? 'cancelled' : word;
}

/** The names under which the API sends the hash of a transaction; callbacks and answers differ [P]. */
const HASH_NAMES = ['hash', 'tx_hash', 'transaction_hash'] as const;

/** The hash of a transaction on its blockchain. */
export function wireHash(wire: WireObject): string | null {
	return firstText(wire, ...HASH_NAMES);
}

/** When something was made, as ISO 8601. */
export function creationTime(wire: WireObject): string | null {
	return isoTime(wire.created_at) ?? isoTime(wire.create_time);
}

/** What the wire tells of a thing, completed by what is known otherwise; a member that is empty tells nothing. */
export function completed(wire: WireObject, known: WireObject): WireObject {
	const told = Object.entries(wire).filter(
		([, value]) => value !== undefined && value !== null && value !== '',
	);
	return { ...known, ...Object.fromEntries(told) };
}
