/** Stands for a secret in {@link InvalidInput}. */
export const HIDDEN = Symbol('hidden');

/**
 * Something the user typed that cannot be sent to PonponPay. Thrown before any request is made.
 *
 * The message is one sentence a shop owner can act on: which field, what was given, what is allowed.
 */
export class InvalidInput extends Error {
	/**
	 * @param field the field's label as the user sees it in the editor
	 * @param given the value found in the field, shortened in the message; {@link HIDDEN} where it must not be shown
	 * @param rule what is allowed, completing "<field> …", for example "must be a positive number"
	 */
	constructor(
		readonly field: string,
		private readonly given: unknown,
		private readonly rule: string,
	) {
		super(given === HIDDEN ? `${field} ${rule}.` : `${field} ${rule}. It is ${quote(given)}.`);
		this.name = 'InvalidInput';
	}

	/**
	 * The same, told where the panel does not show the field, and without what stands in it: the field is one of a
	 * credential, and a secret may have been pasted into the wrong one.
	 */
	of(owner: string): InvalidInput {
		const shown = isEmpty(this.given) ? '' : HIDDEN;
		return new InvalidInput(`The ${this.field} of ${owner}`, shown, this.rule);
	}
}

const LONGEST_QUOTE = 80;

function isEmpty(given: unknown): boolean {
	return given === undefined || given === null || given === '';
}

function quote(given: unknown): string {
	if (isEmpty(given)) return 'empty';
	const text = shownText(typeof given === 'object' ? objectText(given as object) : String(given));
	return text.length > LONGEST_QUOTE ? `"${text.slice(0, LONGEST_QUOTE)}…"` : `"${text}"`;
}

/** Line breaks, and characters that nobody sees, are shown by their codes. */
function shownText(text: string): string {
	return text
		.slice(0, LONGEST_QUOTE + 1)
		.replace(
			/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
			(character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
		);
}

/** JSON cannot hold everything an expression may give, and a message must never fail. */
function objectText(given: object): string {
	for (const write of [JSON.stringify, String] as Array<(value: object) => unknown>) {
		try {
			const text = write(given);
			if (typeof text === 'string') return text;
		} catch {
			// Where JSON fails, the plain text may still work.
		}
	}
	return 'an object';
}
