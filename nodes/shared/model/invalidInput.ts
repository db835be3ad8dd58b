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

	/** The same, told where the panel does not show the field. */
	of(owner: string): InvalidInput {
		return new InvalidInput(`The ${this.field} of ${owner}`, this.given, this.rule);
	}
}

const LONGEST_QUOTE = 80;

function quote(given: unknown): string {
	if (given === undefined || given === null || given === '') return 'empty';
	const text = typeof given === 'object' ? objectText(given) : String(given);
	return text.length > LONGEST_QUOTE ? `"${text.slice(0, LONGEST_QUOTE)}…"` : `"${text}"`;
}

/** JSON cannot hold everything an expression may give, and a message must never fail. */
function objectText(given: object): string {
	try {
		return JSON.stringify(given);
	} catch {
		return String(given);
	}
}
