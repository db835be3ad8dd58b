import { Decimal } from './money';

/** Strings first, so that digits inside them are never taken for a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/**
 * A double holds 15 significant digits faithfully, and three digits of exponent not always; only such numbers need a
 * second look. What stands before a number keeps apart the long digits of ids, which are strings.
 */
const UNUSUAL_NUMBER = /(?:^|[:,[\s])-?(?:\d[\d.]{15}|[\d.]+[eE][+-]?\d{3})/;

/**
 * Parses JSON without losing a digit: a number that a double cannot hold comes out as its decimal text.
 *
 * @throws SyntaxError for invalid JSON, RangeError for nesting too deep for the engine
 */
export function parseJsonExactly(text: string): unknown {
	const parsed: unknown = JSON.parse(text);
	if (!UNUSUAL_NUMBER.test(text)) return parsed;
	return JSON.parse(
		text.replace(STRING_OR_NUMBER, (token) =>
			token.startsWith('"') || isFaithful(token) ? token : `"${token}"`,
		),
	);
}

function isFaithful(token: string): boolean {
	const [exact, held] = [Decimal.parse(token), Decimal.parse(Number(token))];
	return exact !== undefined && held !== undefined && exact.compare(held) === 0;
}

/** An object inside a request, as x402 has them; it holds plain JSON. */
export type RequestObject = { readonly [name: string]: unknown };
/** What a request body may hold. Absent members are not sent. */
export type RequestValue =
	string | number | boolean | Decimal | ReadonlyArray<string | number> | RequestObject | undefined;
/** A request body by the wire's own names. */
export type RequestBody = Readonly<Record<string, RequestValue>>;

/**
 * A request body as JSON, each {@link Decimal} as a JSON number with all its digits: `JSON.stringify` would need a
 * double for it.
 */
export function stringifyRequest(body: RequestBody): string {
	const members = Object.entries(body)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => {
			const json = value instanceof Decimal ? value.toString() : JSON.stringify(value);
			return `${JSON.stringify(name)}:${json}`;
		});
	return `{${members.join(',')}}`;
}
