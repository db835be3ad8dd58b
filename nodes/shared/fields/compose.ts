import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../model/invalidInput';
import {
	describeFields,
	inAlphabeticalOrder,
	isNothing,
	membersOf,
	readFields,
	refuseEmptyExpression,
	type Field,
	type Fields,
	type ParameterSource,
	type Values,
} from './field';
import { SingleField } from './single';

/**
 * A field that may be left empty. An expression that gives nothing is no empty field: it is refused, because emptiness has
 * a meaning of its own, such as all of the money or every order.
 */
export function optional<T>(field: SingleField<T>): SingleField<T | undefined> {
	return mayBeEmpty(field, (given) => refuseEmptyExpression(field.label, given));
}

/** The same, with a word by which an expression can say what it could not say by giving nothing. */
export function optionalOrWord<T>(word: string, field: SingleField<T>): SingleField<T | undefined> {
	const orEmpty = optional(field);
	return {
		...orEmpty,
		read(name, source) {
			const { value } = field.given(name, source);
			const isWord = typeof value === 'string' && value.trim().toLowerCase() === word;
			return isWord ? undefined : orEmpty.read(name, source);
		},
	};
}

/** A field that may simply be missing, such as a remark: an expression may give nothing. */
export function remark<T>(field: SingleField<T>): SingleField<T | undefined> {
	return mayBeEmpty(field, () => {});
}

function mayBeEmpty<T>(
	field: SingleField<T>,
	checkEmpty: (given: { raw: unknown; value: unknown }) => void,
): SingleField<T | undefined> {
	return {
		label: field.label,
		describe: (name) => field.describe(name).map((property) => ({ ...property, required: false })),
		read(name, source) {
			const given = field.given(name, source);
			if (!isNothing(given.value)) return field.read(name, source);
			checkEmpty(given);
			return undefined;
		},
		given: (name, source) => field.given(name, source),
	};
}

/** "Options", "Filters": fields of which a person adds those that are needed. */
export function collection<F extends Fields>(
	look: { displayName: string; placeholder: string; description?: string },
	fields: F,
): Field<Values<F>> {
	return {
		describe: (name) => [
			{
				...look,
				name,
				type: 'collection',
				default: {},
				options: inAlphabeticalOrder(describeFields(fields)),
			},
		],
		read(name, source) {
			const members = membersOf(name, look.displayName, source);
			refuseUnknownMembers(look.displayName, fields, source.given(name).value);
			return readFields(fields, members);
		},
	};
}

/** A member under a wrong name would be no filter at all, or a check that is left out. */
function refuseUnknownMembers(label: string, fields: Fields, value: unknown): void {
	const known = new Set(describeFields(fields).map(({ name }) => name));
	const unknown = Object.keys(value ?? {}).find((name) => !known.has(name));
	if (unknown === undefined) return;
	const allowed = [...known].sort().join(', ');
	throw new InvalidInput(label, unknown, `must hold nothing but: ${allowed}`);
}

/** Conditions as n8n has them: names of parameters beside it, or after a slash of the node itself, and the values wanted. */
type Condition = Readonly<Record<string, readonly string[]>>;

/** A field that the editor shows only when others have certain values, and that is not read otherwise. */
export function shownWhen<T>(condition: Condition, field: Field<T>): Field<T | undefined> {
	return {
		describe: (name) => field.describe(name).map((property) => withCondition(property, condition)),
		read: (name, source) => (isMet(condition, source) ? field.read(name, source) : undefined),
	};
}

function withCondition(property: INodeProperties, condition: Condition): INodeProperties {
	const show = { ...property.displayOptions?.show };
	for (const [name, values] of Object.entries(condition)) show[name] = [...values];
	return { ...property, displayOptions: { ...property.displayOptions, show } };
}

function isMet(condition: Condition, source: ParameterSource): boolean {
	return Object.entries(condition).every(([path, wanted]) => {
		const isOfNode = path.startsWith('/');
		const place = isOfNode ? (source.root ?? source) : source;
		return wanted.includes(String(place.given(isOfNode ? path.slice(1) : path).value).trim());
	});
}

type Branches = Readonly<Record<string, Fields>>;

/** What was chosen, under `is`, with the values of the fields that belong to it. */
export type CaseOf<B extends Branches> = {
	readonly [Is in keyof B & string]: { readonly is: Is } & Values<B[Is]>;
}[keyof B & string];

/**
 * A choice that decides which other fields there are.
 *
 * @param branches the fields of each value of the choice; a field of several branches is shown for all of them
 */
export function cases<B extends Branches>(
	chooser: Field<keyof B & string>,
	branches: B,
): Field<CaseOf<B>> {
	return {
		describe(name) {
			const shownFor = new Map<string, { field: Field<unknown>; values: string[] }>();
			for (const [value, fields] of Object.entries(branches)) {
				for (const [inner, field] of Object.entries(fields)) {
					const entry = shownFor.get(inner) ?? { field, values: [] };
					entry.values.push(value);
					shownFor.set(inner, entry);
				}
			}
			const inner = [...shownFor].flatMap(([innerName, { field, values }]) =>
				shownWhen({ [name]: values }, field).describe(innerName),
			);
			return [...chooser.describe(name), ...inner];
		},
		read(name, source) {
			const is = chooser.read(name, source);
			return { is, ...readFields(branches[is], source) } as CaseOf<B>;
		},
	};
}

/** A text between fields that says something and asks nothing. */
export function notice(text: string): Field<undefined> {
	return {
		describe: (name) => [{ displayName: text, name, type: 'notice', default: '' }],
		read: () => undefined,
	};
}

/** Two fields that only make sense together. @throws InvalidInput where just one of them is given */
export function requireBothOrNone(
	[first, isFirstGiven]: readonly [label: string, isGiven: boolean],
	[second, isSecondGiven]: readonly [label: string, isGiven: boolean],
): void {
	if (isFirstGiven === isSecondGiven) return;
	const [missing, present] = isFirstGiven ? [second, first] : [first, second];
	throw new InvalidInput(missing, '', `must be given together with ${present}, or neither`);
}
