import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { isNothing, isRecord } from '../../../nodes/shared/fields/field';

/** What expressions give by mistake, and what imported workflows and AI agents put into fields. */
export const ODD_VALUES: ReadonlyArray<readonly [name: string, value: unknown]> = [
	['undefined', undefined],
	['null', null],
	['an empty text', ''],
	['a blank', ' '],
	['line breaks', '\n\t'],
	['an empty list', []],
	['a list of nothing', ['']],
	['a list with null', [null]],
	['an empty object', {}],
	['an object', { a: 1 }],
	['an object with a value', { value: 'P1' }],
	['a list of objects', [{ id: 1 }]],
	['a list of numbers', [1, 2]],
	['NaN', NaN],
	['Infinity', Infinity],
	['-Infinity', -Infinity],
	['zero', 0],
	['minus one', -1],
	['one and a half', 1.5],
	['a number beyond 2^53', 2 ** 53 + 2],
	['1e21', 1e21],
	['a long number as text', '9007199254740993'],
	['true', true],
	['false', false],
	['"true"', 'true'],
	['" FALSE "', ' FALSE '],
	['"yes"', 'yes'],
	['"NaN"', 'NaN'],
	['"undefined"', 'undefined'],
	['"null"', 'null'],
	['"[object Object]"', '[object Object]'],
	['"Infinity"', 'Infinity'],
	['"Invalid DateTime"', 'Invalid DateTime'],
	['a word', 'nothing such'],
	['words with commas', 'paid, expired'],
	['a list with one word', ['paid']],
	['a very long text', 'x'.repeat(5000)],
	['a decimal comma', '1,5'],
	['three decimals', '1.234'],
	['1e999', '1e999'],
	['a hexadecimal number', '0x10'],
	['digits of another script', '١٢'],
	['an invisible character', 'P\u200b1'],
	['a zero byte', 'P\u00001'],
	['a text that begins with =', '=1+1'],
	['a date', new Date(Date.UTC(2026, 10, 22))],
	['a DateTime', DateTime.fromISO('2026-11-22T08:30:00Z')],
	['an invalid DateTime', DateTime.invalid('odd')],
	['a function', () => 1],
	['a large integer', 10n],
];

/** How a value has to count: as the same request that this canonical value makes, or not at all. */
export type Verdict =
	| { readonly is: 'refused' }
	/** The kind may have rules of its own; what it accepts must count as this. */
	| { readonly is: 'meant' | 'mayBeRefused'; readonly as: unknown };

const refused: Verdict = { is: 'refused' };
const meant = (as: unknown): Verdict => ({ is: 'meant', as });
const mayBeRefused = (as: unknown): Verdict => ({ is: 'mayBeRefused', as });

const NON_VALUES = ['NaN', 'undefined', 'null', '[object Object]', 'Infinity', 'Invalid DateTime'];

/** What a value has to mean in a property of n8n of this type, told without looking at how the package reads it. */
export function verdictOn(property: INodeProperties, value: unknown): Verdict {
	if (isNothing(value)) return refused;
	switch (property.type) {
		case 'boolean':
			return verdictOnSwitch(value);
		case 'number':
			return verdictOnNumber(value);
		case 'options':
			return typeof value === 'string' && valuesOf(property).includes(value.trim())
				? meant(value.trim())
				: refused;
		case 'multiOptions':
			return verdictOnList(value);
		case 'json':
			return isRecord(value) ? mayBeRefused(value) : verdictOnJsonText(value);
		case 'dateTime':
			return typeof value === 'boolean' || Array.isArray(value) ? refused : mayBeRefused(value);
		default:
			return property.typeOptions?.multipleValues === true
				? verdictOnList(value)
				: verdictOnText(value);
	}
}

/** The same for a text of which every character counts. */
export function verdictOnExactText(value: unknown): Verdict {
	return typeof value === 'string' && !isNothing(value) ? meant(value) : refused;
}

function verdictOnSwitch(value: unknown): Verdict {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return meant(true);
	return text === false || text === 'false' ? meant(false) : refused;
}

function verdictOnNumber(value: unknown): Verdict {
	if (typeof value !== 'number' && typeof value !== 'string') return refused;
	const number = Number(value);
	return Number.isFinite(number) ? mayBeRefused(number) : refused;
}

function verdictOnList(value: unknown): Verdict {
	const list: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(',')
			: [value];
	const texts = list.map(verdictOnText);
	if (texts.some(({ is }) => is === 'refused')) return refused;
	return mayBeRefused(texts.map((each) => (each as { as: unknown }).as));
}

function verdictOnText(value: unknown): Verdict {
	if (typeof value === 'bigint') return mayBeRefused(String(value));
	if (typeof value === 'number') {
		return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? mayBeRefused(String(value)) : refused;
	}
	if (typeof value !== 'string' || isNothing(value)) return refused;
	return NON_VALUES.includes(value.trim()) ? refused : mayBeRefused(value.trim());
}

function verdictOnJsonText(value: unknown): Verdict {
	try {
		return isRecord(JSON.parse(String(value))) ? mayBeRefused(value) : refused;
	} catch {
		return refused;
	}
}

function valuesOf({ options = [] }: INodeProperties): unknown[] {
	return options.map((option) => ('value' in option ? option.value : undefined));
}
