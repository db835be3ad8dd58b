import { HIDDEN, InvalidInput } from '../model/invalidInput';
import { parseJsonExactly } from '../model/json';
import { isRecord } from './field';
import { single, type Look, type SingleField } from './single';

/** A JSON object: as JSON text with every digit kept, and as a value. */
export type JsonObject = { readonly text: string; readonly value: Record<string, unknown> };

/** A JSON object, as text or as what an expression gives. */
export function json(look: Look, initially: string): SingleField<JsonObject> {
	return single(look, { type: 'json', required: true, default: initially }, (label, value) => {
		const text = typeof value === 'string' ? value : jsonText(label, value);
		const parsed = parseJson(text);
		// Not repeated: headers hold signatures, and bodies what concerns nobody else.
		if (!isRecord(parsed)) throw new InvalidInput(label, HIDDEN, 'must be a JSON object');
		return { text, value: parsed };
	});
}

/**
 * An amount that an expression did not find must not be left out: PonponPay would take all of the money for it.
 *
 * @throws InvalidInput for a member whose value JSON does not have, such as `undefined`, naming the member only
 */
function jsonText(label: string, value: unknown): string {
	let missing = '';
	const text = writeJson(value, (name, member) => {
		if (missing === '' && !isInJson(member)) missing = name;
		return member;
	});
	if (missing === '') return text;
	throw new InvalidInput(label, HIDDEN, `must have a value in every member: ${missing} has none`);
}

/** @returns nothing for what JSON cannot hold at all, such as a circle */
function writeJson(value: unknown, see: (name: string, member: unknown) => unknown): string {
	try {
		return JSON.stringify(value, see) ?? '';
	} catch {
		return '';
	}
}

function isInJson(member: unknown): boolean {
	if (typeof member === 'number') return Number.isFinite(member);
	return member !== undefined && typeof member !== 'function' && typeof member !== 'symbol';
}

function parseJson(text: string): unknown {
	try {
		return parseJsonExactly(text);
	} catch {
		return undefined;
	}
}
