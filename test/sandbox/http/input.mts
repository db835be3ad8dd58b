import { parseAmount, type Amount } from '../money.mts';
import { CODE, Refusal } from '../refusal.mts';
import { isObject, NumberToken, readJson, type WireObject, type WireValue } from '../wire.mts';

const LONGEST_OWN_ID = 32;

/**
 * The fields of a request, read as the contract types them. What does not fit is refused with code 10001 and the field's
 * name. An empty text counts as absent, as the vendor's plugins send it.
 */
export class Input {
	private constructor(private readonly fields: WireObject) {}

	/**
	 * An empty body and an empty list stand for no fields: PHP's `json_encode([])`, in the vendor's SDK, makes the latter.
	 *
	 * @param understand what the sandbox's dialects make of the fields
	 */
	static parse(body: string, understand = (fields: WireObject): WireObject => fields): Input {
		let fields: WireValue;
		try {
			fields = body.trim() === '' ? {} : readJson(body);
		} catch {
			throw new Refusal(CODE.parameter, 'request body is not valid JSON');
		}
		if (Array.isArray(fields) && fields.length === 0) fields = {};
		if (!isObject(fields)) throw new Refusal(CODE.parameter, 'request body must be an object');
		return new Input(understand(fields));
	}

	text(name: string): string | undefined {
		const value = this.value(name);
		if (value === undefined || value === '') return undefined;
		if (typeof value !== 'string') throw refuse(name, 'must be a string');
		return value;
	}

	requiredText(name: string): string {
		const text = this.text(name);
		if (text === undefined) throw refuse(name, 'is required');
		return text;
	}

	/** An id of the merchant's own. */
	ownId(name: string): string | undefined {
		const id = this.text(name);
		if (id !== undefined && id.length > LONGEST_OWN_ID) {
			throw refuse(name, `must have at most ${LONGEST_OWN_ID} characters`);
		}
		return id;
	}

	url(name: string): string | undefined {
		const text = this.text(name);
		if (text !== undefined && !isHttpUrl(text)) throw refuse(name, 'must be a http or https URL');
		return text;
	}

	requiredUrl(name: string): string {
		const url = this.url(name);
		if (url === undefined) throw refuse(name, 'is required');
		return url;
	}

	amount(name: string): Amount | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const amount = value instanceof NumberToken ? parseAmount(value.text) : undefined;
		if (amount === undefined || amount <= 0n) throw refuse(name, 'must be a number above 0');
		return amount;
	}

	requiredAmount(name: string): Amount {
		const amount = this.amount(name);
		if (amount === undefined) throw refuse(name, 'is required');
		return amount;
	}

	/** A whole number, not below zero. */
	count(name: string): number | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const number = value instanceof NumberToken ? Number(value.text) : NaN;
		if (!Number.isSafeInteger(number) || number < 0) throw refuse(name, 'must be a whole number');
		return number;
	}

	texts(name: string): string[] {
		const value = this.value(name);
		if (value === undefined) return [];
		if (Array.isArray(value) && value.every((element) => typeof element === 'string')) {
			return value;
		}
		throw refuse(name, 'must be a list of strings');
	}

	value(name: string): WireValue | undefined {
		const value = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
		return value === null ? undefined : value;
	}
}

export function refuse(name: string, rule: string): Refusal {
	return new Refusal(CODE.parameter, `${name} ${rule}`);
}

function isHttpUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
