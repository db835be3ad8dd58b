/** The headers of a request, whatever capitals they came in. */
export class RequestHeaders {
	private readonly values: Readonly<Record<string, unknown>>;

	/** @param raw as Node gives them: a text, or an array for a header that came several times */
	constructor(raw: Readonly<Record<string, unknown>>) {
		// Node has them in lower case already; only other callers cost a copy.
		const isLowerCase = Object.keys(raw).every((name) => name === name.toLowerCase());
		this.values = isLowerCase ? raw : toLowerCase(raw);
	}

	/** Whether the header was sent at all, even empty. */
	has(name: string): boolean {
		return this.get(name) !== undefined;
	}

	/**
	 * The header's value, if it came once and has the form.
	 *
	 * Node joins repeated headers with a comma, so a form that allows none also refuses doubled headers.
	 */
	read(name: string, form: RegExp): string | undefined {
		const value = this.get(name);
		return typeof value === 'string' && form.test(value) ? value : undefined;
	}

	private get(name: string): unknown {
		const key = name.toLowerCase();
		return Object.hasOwn(this.values, key) ? this.values[key] : undefined;
	}
}

/** Spellings of one name are one header that came several times. */
function toLowerCase(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const values = new Map<string, unknown>();
	for (const [name, value] of Object.entries(raw)) {
		if (value === undefined) continue;
		const key = name.toLowerCase();
		values.set(key, values.has(key) ? [values.get(key), value] : value);
	}
	return Object.fromEntries(values);
}

/** What a scheme reads its headers into, or the name of the first one that is absent or bad. */
export type HeaderValues<Name extends string> =
	| { readonly values: Record<Name, string> }
	| { readonly problem: { reason: 'missingHeader' | 'badHeader'; header: string } };

/** Reads all headers a scheme needs. */
export function readAll<Name extends string>(
	headers: RequestHeaders,
	forms: Readonly<Record<Name, { readonly header: string; readonly form: RegExp }>>,
): HeaderValues<Name> {
	const values: Partial<Record<Name, string>> = {};
	for (const name of Object.keys(forms) as Name[]) {
		const { header, form } = forms[name];
		const value = headers.read(header, form);
		if (value === undefined) {
			return { problem: { reason: headers.has(header) ? 'badHeader' : 'missingHeader', header } };
		}
		values[name] = value;
	}
	return { values: values as Record<Name, string> };
}
