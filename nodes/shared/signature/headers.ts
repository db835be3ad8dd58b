import { refuse, type Refusal, type Scheme } from './refusal';

/** A header that a signature is made of. */
export type Header = {
	/** As PonponPay writes it, for messages. */
	readonly name: string;
	/** As Node has it: in lower case. */
	readonly key: string;
	/** What its value looks like, where that is not said by what it must be equal to. */
	readonly form?: RegExp;
};

/** @param form must allow no comma: Node joins repeated headers with one, and doubled headers are to be refused */
export function header(name: string, form?: RegExp): Header {
	return { name, key: name.toLowerCase(), form };
}

/** The headers of a request, whatever capitals they came in. */
export class RequestHeaders {
	private constructor(private readonly values: Readonly<Record<string, unknown>>) {}

	/** @param headers as Node gives them: names in lower case; a text, or an array for a header that came several times */
	static fromNode(headers: Readonly<Record<string, unknown>>): RequestHeaders {
		return new RequestHeaders(headers);
	}

	/** @param headers as anybody else may give them; spellings of one name are one header that came several times */
	static fromAnySpelling(headers: Readonly<Record<string, unknown>>): RequestHeaders {
		const values = new Map<string, unknown>();
		for (const [name, value] of Object.entries(headers)) {
			if (value === undefined) continue;
			const key = name.toLowerCase();
			values.set(key, values.has(key) ? [values.get(key), value] : value);
		}
		return new RequestHeaders(Object.fromEntries(values));
	}

	/** Whether the header was sent at all, even empty. */
	has({ key }: Header): boolean {
		return this.values[key] !== undefined;
	}

	/** The header's value, if it came once and has the form. */
	read({ key, form }: Header): string | undefined {
		const value = this.values[key];
		return typeof value === 'string' && (form === undefined || form.test(value))
			? value
			: undefined;
	}
}

/** Why a delivery is refused of whose headers one could not be read: the first that is absent or bad. */
export function refuseUnread(
	scheme: Scheme,
	headers: RequestHeaders,
	wanted: readonly Header[],
): Refusal {
	const unread = wanted.find((header) => headers.read(header) === undefined);
	const isSent = unread !== undefined && headers.has(unread);
	return refuse(isSent ? 'badHeader' : 'missingHeader', { scheme, header: unread?.name });
}
