import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { requireAddress } from '../model/address';
import { requireKnownId, requireNewId } from '../model/identifiers';
import { HIDDEN, InvalidInput } from '../model/invalidInput';
import { parseJsonExactly } from '../model/json';
import { Decimal, requireAmount, thousandHint } from '../model/money';
import { requireApiHost, requirePublicUrl } from '../model/publicUrl';
import { requireHash } from '../model/network';
import { parseTimeInput } from '../model/timeInput';
import {
	isExpression,
	isNothing,
	isRecord,
	refuseEmptyExpression,
	type Field,
	type Given,
	type ParameterSource,
} from './field';

/** The kinds of fields that n8n has one property for. Each says how its value is read; nothing else in the package does. */

/** A field with one label and one value. */
export type SingleField<T> = Field<T> & {
	readonly label: string;
	/** The value that `read` understands, such as what stands inside a resource locator. */
	given(name: string, source: ParameterSource): Given;
};

/** What the editor shows beside a field. */
export type Look = Pick<INodeProperties, 'displayName' | 'description'> &
	Partial<Pick<INodeProperties, 'placeholder' | 'hint' | 'typeOptions'>>;

type Reader<T> = (label: string, value: unknown, source: ParameterSource) => T;

/** @param absent what stands for a parameter that is not there at all; the default of the editor */
function single<T>(
	{ displayName, ...look }: Look,
	property: Omit<INodeProperties, 'displayName' | 'name'>,
	reader: Reader<T>,
	absent?: unknown,
): SingleField<T> {
	const given = (name: string, source: ParameterSource) => source.given(name);
	return {
		label: displayName,
		describe: (name) => [{ displayName, name, ...property, ...look }],
		read(name, source) {
			const found = given(name, source);
			refuseEmptyExpression(displayName, found);
			const isAbsent = found.raw === undefined && found.value === undefined;
			return reader(displayName, isAbsent ? absent : found.value, source);
		},
		given,
	};
}

/** What JavaScript makes of a value that is none, when somebody puts it into a text. */
const NON_VALUES: ReadonlySet<string> = new Set(['NaN', 'undefined', 'null']);
/** The same of an object; no text that is meant holds it, not even as a part. */
const NO_TEXT = '[object Object]';

/**
 * A value as a text without surrounding space. Numbers count as their digits, as long as JavaScript has kept them all.
 *
 * @throws InvalidInput for what is no text, and for the texts that missing values turn into
 */
export function requireText(label: string, value: unknown): string {
	if (isNothing(value)) throw new InvalidInput(label, '', 'must be given');
	const isText = typeof value === 'string' || typeof value === 'bigint';
	if (!isText && typeof value !== 'number') {
		throw new InvalidInput(label, value, 'must be a text');
	}
	const text = String(value).trim();
	if (NON_VALUES.has(text) || text.includes(NO_TEXT)) {
		throw new InvalidInput(label, text, 'must be a text, and this stands for a missing value');
	}
	if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
		throw new InvalidInput(
			label,
			value,
			'must be given as a text: as a number this long it has lost digits',
		);
	}
	return text;
}

/** Filled unless it is {@link optional}. */
export function text(look: Look, initially = ''): SingleField<string> {
	const property = { type: 'string', required: true, default: initially } as const;
	return single(
		look,
		property,
		requireText,
		initially === '' || isExpression(initially) ? undefined : initially,
	);
}

/** A text that never appears in a message. */
export function secret(look: Look): SingleField<string> {
	const property = {
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
	} as const;
	return single(look, property, (label, value) => {
		if (isNothing(value)) throw new InvalidInput(label, '', 'must be given');
		const text = typeof value === 'string' ? value.trim() : '';
		// Anybody could sign with a secret that is such a text.
		if (NON_VALUES.has(text)) {
			throw new InvalidInput(label, text, 'must be given, and this stands for a missing value');
		}
		if (!/^[\x21-\x7e]+$/.test(text)) {
			throw new InvalidInput(
				label,
				HIDDEN,
				'must consist of plain letters, digits and signs: paste it again, without invisible characters and spaces',
			);
		}
		return text;
	});
}

/** Money: above zero, exact. A point that may have been meant to part thousands gets a hint. */
export function amount(look: Look): SingleField<Decimal> {
	const property = { type: 'string', required: true, default: '' } as const;
	return single(look, property, (label, value, source) => {
		const hint = thousandHint(value);
		if (hint !== undefined) source.hint?.(`${label}: ${hint}`);
		return requireAmount(label, value);
	});
}

/** A number as such, or its decimal text: "0x10" is a mistake, not sixteen. */
function requireNumber(value: unknown): number {
	return Decimal.parse(value) === undefined ? NaN : Number(value);
}

type Bounds = { readonly least: number; readonly most?: number };

const betweenText = ({ least, most }: Bounds) =>
	most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;

/** A count, within bounds that both count in. */
export function wholeNumber(
	look: Look,
	bounds: Bounds & { readonly initially: number },
): SingleField<number> {
	const { least, most, initially } = bounds;
	const typeOptions = { minValue: least, ...(most !== undefined && { maxValue: most }) };
	return single(
		look,
		{ type: 'number', typeOptions, default: initially },
		(label, value) => {
			const number = requireNumber(value);
			if (!Number.isSafeInteger(number) || number < least || number > (most ?? Infinity)) {
				throw new InvalidInput(label, value, `must be a whole number ${betweenText(bounds)}`);
			}
			return number;
		},
		initially,
	);
}

const UNIT_MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/**
 * How long something takes, given in the unit that the label names.
 *
 * @returns a field whose value is in milliseconds
 */
export function timeSpan(
	unit: keyof typeof UNIT_MS,
	look: Look,
	bounds: Required<Bounds> & { readonly initially: number },
): SingleField<number> {
	const { least, most, initially } = bounds;
	return single(
		look,
		{ type: 'number', typeOptions: { minValue: least, maxValue: most }, default: initially },
		(label, value) => {
			const number = requireNumber(value);
			if (!(number >= least && number <= most)) {
				throw new InvalidInput(label, value, `must be a number of ${unit} ${betweenText(bounds)}`);
			}
			return number * UNIT_MS[unit];
		},
		initially,
	);
}

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

/** One of a list. */
export function choice<const V extends string>(
	look: Look,
	choices: Choices<V>,
	initially: NoInfer<V>,
): SingleField<V> {
	return single(
		look,
		{ type: 'options', options: forEditor(choices), default: initially },
		(label, value) => requireOneOf(label, value, choices),
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
	normalise: (text: string) => string,
): SingleField<string[]> {
	return single(
		look,
		{ type: 'multiOptions', required: true, options: forEditor(choices), default: [] },
		(label, value) => listOf(label, value).map((entry) => normalise(requireText(label, entry))),
	);
}

function forEditor(choices: Choices<string>): INodePropertyOptions[] {
	return choices.map((entry) => ({ ...entry }));
}

function listOf(label: string, value: unknown): unknown[] {
	if (isNothing(value)) throw new InvalidInput(label, '', 'must name at least one');
	if (typeof value === 'string') {
		const entries = value.split(/[\n,]/).filter((entry) => !isNothing(entry));
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

/** A point in time, in Unix seconds. Texts that name no time zone are in that of the workflow. */
export function date(look: Look): SingleField<number> {
	return single(look, { type: 'dateTime', required: true, default: '' }, (label, value, source) => {
		const seconds = parseTimeInput(label, value, source.timezone);
		if (seconds === undefined) throw new InvalidInput(label, '', 'must be given');
		return seconds;
	});
}

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

/** Text that stays as it is, to the last blank: what is signed must not be trimmed. */
export function exactText(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) => {
		if (typeof value === 'string') return value;
		throw new InvalidInput(
			label,
			HIDDEN,
			'must be the raw text as it was sent: JSON that was parsed already cannot be checked',
		);
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

/** An address that a browser or PonponPay opens: complete, and https. */
export function url(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requirePublicUrl(label, requireText(label, value)),
	);
}

/** The base address of an API: scheme and host, a path only where a proxy needs one, and no slash at its end. */
export function apiHost(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requireApiHost(label, requireText(label, value)),
	);
}

/** An address that cannot be checked before it is known on which network it is to be. */
export type WalletAddress = {
	readonly text: string;
	/**
	 * @param receiving the wallet that the payment came in at, which it must not go back to
	 * @throws InvalidInput for an address that cannot exist there, or that nobody can spend from
	 */
	on(network: string | null, receiving: string | null): string;
};

/** A wallet that money goes to. */
export function address(look: Look): SingleField<WalletAddress> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) => {
		const text = requireText(label, value);
		return {
			text,
			on: (network, receiving) => requireAddress(label, text, network, receiving),
		};
	});
}

/** A transaction hash, whose one spelling depends on its network. */
export type TransactionHash = {
	/**
	 * @param network `undefined` where it is not known
	 * @throws InvalidInput for the page of another network's explorer
	 */
	on(network: string | undefined): string;
};

/** A hash of the blockchain, or the link to its page on a block explorer. */
export function transactionHash(look: Look): SingleField<TransactionHash> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		readTransactionHash(label, requireText(label, value)),
	);
}

/** {@link transactionHash} of a text. @throws InvalidInput for what is no hash on any network */
export function readTransactionHash(label: string, text: string): TransactionHash {
	requireKnownId(label, requireHash(label, text));
	return { on: (network) => requireHash(label, text, network) };
}

/** An id of the merchant's own for something new. */
export function ownId(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requireNewId(label, requireText(label, value)),
	);
}

/** An id of something that exists. */
export function knownId(look: Look): SingleField<string> {
	return single(look, { type: 'string', required: true, default: '' }, (label, value) =>
		requireKnownId(label, requireText(label, value)),
	);
}
