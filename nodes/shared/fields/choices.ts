import type { INodePropertyOptions } from 'n8n-workflow';

import { InvalidInput } from '../model/invalidInput';
import { isNothing } from './field';
import { single, type Look, type SingleField } from './single';
import { requireText } from './texts';

/** On or off. */
export function toggle(look: Look, initially: boolean): SingleField<boolean> {
	return single(
		look,
		{ type: 'boolean', default: initially },
		(label, value) => {
			const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
			if (text === true || text === 'true') return true;
			if (text === false || text === 'false') return false;
			throw new InvalidInput(label, value, 'must be true or false');
		},
		initially,
	);
}

type Choices<V extends string> = ReadonlyArray<{
	readonly name: string;
	readonly value: V;
	readonly description?: string;
}>;

/**
 * One of a list.
 *
 * @param spelt other ways to write one of them, as it stands in the list
 */
export function choice<const V extends string>(
	look: Look,
	choices: Choices<V>,
	initially: NoInfer<V>,
	spelt: (text: string) => string = (text) => text,
): SingleField<V> {
	return single(
		look,
		{ type: 'options', options: forEditor(choices), default: initially },
		(label, value) =>
			requireOneOf(label, typeof value === 'string' ? spelt(value.trim()) : value, choices),
		initially,
	);
}

/** Several of a list: a list, or a text with one of them or several between commas. */
export function choices<const V extends string>(
	look: Look,
	choices: Choices<V>,
	initially: ReadonlyArray<NoInfer<V>>,
): SingleField<V[]> {
	return single(
		look,
		{ type: 'multiOptions', required: true, options: forEditor(choices), default: [...initially] },
		(label, value) => listOf(label, value).map((entry) => requireOneOf(label, entry, choices)),
		initially,
	);
}

/** Several texts: a list, or one text with commas or line breaks between them. */
export function texts(look: Look, buttonText: string): SingleField<string[]> {
	return single(
		look,
		{
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: buttonText },
			required: true,
			default: [],
		},
		(label, value) => listOf(label, value).map((entry) => requireText(label, entry)),
	);
}

/** Several of a list, or others that are spelt out by an expression: PonponPay may know more than the list. */
export function openChoices(
	look: Look,
	choices: Choices<string>,
	readName: (label: string, text: string) => string,
): SingleField<string[]> {
	return single(
		look,
		{ type: 'multiOptions', required: true, options: forEditor(choices), default: [] },
		(label, value) =>
			listOf(label, value).map((entry) => readName(label, requireText(label, entry))),
	);
}

function forEditor(choices: Choices<string>): INodePropertyOptions[] {
	return choices.map((entry) => ({ ...entry }));
}

function listOf(label: string, value: unknown): unknown[] {
	if (isNothing(value)) throw new InvalidInput(label, '', 'must name at least one');
	if (typeof value === 'string') {
		const entries = value.split(/[\n,，、]/).filter((entry) => !isNothing(entry));
		if (entries.length === 0) throw new InvalidInput(label, value, 'must name at least one');
		return entries;
	}
	const list: unknown[] = Array.isArray(value) ? value : [value];
	// An empty entry of a list stands for something that is missing.
	if (list.some(isNothing)) throw new InvalidInput(label, value, 'must not hold an empty entry');
	return list;
}

function requireOneOf<V extends string>(label: string, value: unknown, choices: Choices<V>): V {
	const text = typeof value === 'string' ? value.trim() : value;
	const found = choices.find((entry) => entry.value === text);
	if (found !== undefined) return found.value;
	const allowed = choices.map((entry) => (entry.value === '' ? 'empty' : entry.value)).join(', ');
	throw new InvalidInput(label, value, `must be one of: ${allowed}`);
}
