import { formatAmount, type Amount } from './money.mts';

/**
 * A JSON number by its text. JavaScript's own numbers lose digits; money must not.
 */
export class NumberToken {
	constructor(readonly text: string) {}
}

/** What goes over the wire: JSON, with numbers either small enough for JavaScript or given by their text. */
export type WireValue =
	string | number | boolean | null | NumberToken | readonly WireValue[] | WireObject;
export type WireObject = { readonly [name: string]: WireValue | undefined };

/** An amount as a JSON number with all its digits. */
export function money(amount: Amount, fewestDecimals = 0): NumberToken {
	return new NumberToken(formatAmount(amount, fewestDecimals));
}

/** JSON text. Members that are `undefined` are left out. */
export function writeJson(value: WireValue): string {
	if (value instanceof NumberToken) return value.text;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
	const members = Object.entries(value).flatMap(([name, member]) =>
		member === undefined ? [] : [`${JSON.stringify(name)}:${writeJson(member)}`],
	);
	return `{${members.join(',')}}`;
}

/** Whether it is an object with members: no list, no number. */
export function isObject(value: WireValue | undefined): value is WireObject {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		!(value instanceof NumberToken)
	);
}

function isList(value: readonly WireValue[] | WireObject | NumberToken): value is WireValue[] {
	return Array.isArray(value);
}

/** Strings first, so that digits inside them are never taken for a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON, every number as a {@link NumberToken}.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function readJson(text: string): WireValue {
	JSON.parse(text);
	const numbersWrapped = text.replace(STRING_OR_NUMBER, (token) =>
		token.startsWith('"') ? token : `{"":"${token}"}`,
	);
	return JSON.parse(numbersWrapped, (_name, value: unknown) =>
		isWrappedNumber(value) ? new NumberToken(value['']) : value,
	) as WireValue;
}

function isWrappedNumber(value: unknown): value is { '': string } {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const names = Object.keys(value);
	return names.length === 1 && names[0] === '' && typeof Reflect.get(value, '') === 'string';
}
