import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../model/invalidInput';

/** One parameter of a node, for one item. */
export type Given = {
	/** As it stands in the workflow: an expression is still a text that begins with "=". */
	readonly raw: unknown;
	/** What it comes to. */
	readonly value: unknown;
};

/** Where fields are read from: a node's parameters for one item, the members of a collection, or a credential. */
export type ParameterSource = {
	given(name: string): Given;
	/** The workflow's time zone, as an IANA name. */
	readonly timezone: string;
	/** Where a reader tells what is allowed but may be a mistake. */
	readonly hint?: (text: string) => void;
	/** The parameters of the node itself, where these are the members of a collection. */
	readonly root?: ParameterSource;
};

/** One idea of a field: how it looks in the editor, and how its value is read. Some take several of n8n's properties. */
export type Field<T> = {
	/** @param name the name under which saved workflows hold it */
	describe(name: string): INodeProperties[];
	/** @throws InvalidInput for what is missing, mistyped or unknown */
	read(name: string, source: ParameterSource): T;
};

/** Fields by the names under which saved workflows hold them. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The typed values of fields, each under the name of its field. */
export type Values<F extends Fields> = {
	readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T : never;
};

/** The properties of n8n that these fields are, in their order. */
export function describeFields(fields: Fields): INodeProperties[] {
	return Object.entries(fields).flatMap(([name, field]) => field.describe(name));
}

/**
 * All values at once, so that nothing is begun while one of them cannot be used.
 *
 * @throws InvalidInput for the first field that cannot be read
 */
export function readFields<F extends Fields>(fields: F, source: ParameterSource): Values<F> {
	const values = Object.entries(fields).map(([name, field]) => [name, field.read(name, source)]);
	return Object.fromEntries(values) as Values<F>;
}

/** Whether a parameter as stored is one of n8n's expressions. */
export function isExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

/** Whether a value says nothing: absent, blank text or an empty list. */
export function isNothing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (Array.isArray(value)) return value.length === 0;
	return typeof value === 'string' && value.trim() === '';
}

/** @throws InvalidInput where an expression gives nothing: that is a mistake, not a field that was left empty */
export function refuseEmptyExpression(label: string, { raw, value }: Given): void {
	if (!isExpression(raw) || !isNothing(value)) return;
	throw new InvalidInput(
		label,
		undefined,
		'must not be empty when it is an expression: look at what the expression gives',
	);
}

/** Sorted as people look for them, by plain comparison: that by locale loads the rules of all languages. */
export function inAlphabeticalOrder(properties: readonly INodeProperties[]): INodeProperties[] {
	return [...properties].sort((left, right) => (left.displayName < right.displayName ? -1 : 1));
}

/** Whether a value is an object and not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parameters that hold no expressions, or whose expressions n8n has resolved already. */
export function plainSource(
	values: Readonly<Record<string, unknown>>,
	timezone = 'UTC',
): ParameterSource {
	return { given: (name) => ({ raw: values[name], value: values[name] }), timezone };
}

/**
 * The members of a collection.
 *
 * @throws InvalidInput where the collection is an expression that gives no object
 */
export function membersOf(name: string, label: string, source: ParameterSource): ParameterSource {
	const { raw, value } = source.given(name);
	const isObject = Object.prototype.toString.call(value) === '[object Object]';
	if (!isObject && (isExpression(raw) || !isNothing(value))) {
		throw new InvalidInput(label, value, 'must be an object');
	}
	const members = isRecord(value) ? value : {};
	return {
		given(member) {
			// Of a collection that is one expression, the members it leaves out were left empty.
			const own = isRecord(raw) ? raw[member] : member in members ? raw : undefined;
			return { raw: own, value: members[member] };
		},
		timezone: source.timezone,
		hint: source.hint,
		root: source.root ?? source,
	};
}
