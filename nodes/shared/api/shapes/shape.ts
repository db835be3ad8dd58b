import type { RequestBody, RequestValue } from '../../model/json';
import { Decimal } from '../../model/money';
import { comparableHash } from '../../model/transaction';
import { completed, isWireObject, wireCount, wireText, type WireObject } from '../../model/wire';

/** A thing as it was answered: in our shape, and as the API sent it. */
export type Answer<T> = { readonly value: T; readonly wire: WireObject };

/** One page of a list. */
export type Page<T> = {
	readonly elements: ReadonlyArray<Answer<T>>;
	/** What else is on it, as JSON: it has no ID, or is something else. */
	readonly unproven: readonly string[];
	/** How many elements all pages have, where that is told. */
	readonly total: number | undefined;
	/** How many elements a page has, where that is told. */
	readonly size: number | undefined;
};

/** What an endpoint answers, and what proves that an answer is that. */
export type Shape<A> = {
	/** With its article, for sentences: "an order". */
	readonly name: string;
	/**
	 * @param data the envelope's `data`
	 * @param asked the body of the request
	 * @returns `undefined` for what does not prove to be what was asked for
	 */
	read(data: unknown, asked: RequestBody): { readonly answer: A } | undefined;
	/** In which value what was made differs from what was asked for, in words; `undefined` where it does not. */
	differs?(answer: A, asked: RequestBody): string | undefined;
};

/** A kind of thing that has an ID, so that it can be asked for, made, changed and listed. */
export type Thing<T> = {
	readonly name: string;
	/** What several of it are called, also on the wire, where a list may bear that name. */
	readonly plural: string;
	readonly read: (wire: WireObject) => T;
	/** Its IDs: the name in requests, and how it is read. Of several that are asked for, the first counts. */
	readonly ids: ReadonlyArray<readonly [name: string, of: (value: T) => string | null]>;
	/** IDs of other things that refer to this one, and so carry its ID too. */
	readonly foreignIds: readonly string[];
	/** Whether it is one of those that a list was filtered for. What an answer leaves out decides nothing here. */
	readonly fits: (answer: Answer<T>, asked: RequestBody) => boolean;
};

/** The thing that was asked for, proven by the ID it was asked for by. */
export function one<T>(thing: Thing<T>): Shape<Answer<T>> {
	return {
		name: thing.name,
		read(data, asked) {
			if (!isWireObject(data) || !isOwn(thing, data)) return undefined;
			const askedBy = thing.ids.find(([name]) => asked[name] !== undefined);
			if (askedBy === undefined) return undefined;
			const [name, idOf] = askedBy;
			if (!isAskedIn(idOf(thing.read(data)), asked[name])) return undefined;
			const known = { [name]: wireText(asked[name]) };
			return { answer: { value: thing.read(completed(data, known)), wire: data } };
		},
	};
}

/**
 * The thing after a change. No `data` means that it was done: what is known of it then is its ID.
 *
 * @param achieved what the change makes of it, where the answer does not say
 */
export function changed<T>(thing: Thing<T>, achieved: WireObject): Shape<Answer<T>> {
	const { read } = one(thing);
	return {
		name: thing.name,
		read(data, asked) {
			const isDone = data === undefined || data === null;
			const proven = isDone ? { answer: { wire: {} } } : read(data, asked);
			if (proven === undefined) return undefined;
			const { wire } = proven.answer;
			// The ID and nothing else: a reason, say, is ours in the request and the customer's in the answer.
			const ids = thing.ids.map(([name]) => [name, wireText(asked[name])] as const);
			const known = { ...Object.fromEntries(ids), ...achieved };
			return { answer: { value: thing.read(completed(wire, known)), wire } };
		},
	};
}

/**
 * What was made, compared with what was asked for.
 *
 * @param isMade what proves that it was made
 * @param known what the request says and the answer may leave out
 */
export function made<T>(
	name: string,
	read: (wire: WireObject) => T,
	isMade: (value: T) => boolean,
	known: (asked: RequestBody) => WireObject,
	difference: (value: T, asked: RequestBody) => string | undefined,
): Shape<Answer<T>> {
	return {
		name,
		read(data, asked) {
			if (!isWireObject(data) || !isMade(read(data))) return undefined;
			return { answer: { value: read(completed(data, known(asked))), wire: data } };
		},
		differs: ({ value }, asked) => difference(value, asked),
	};
}

/** The names under which APIs like this one give a list [I]. */
export const LIST_NAMES = ['list', 'items', 'records', 'rows', 'data'];

/**
 * A page of a list, which also may be the whole list. An element proves by an ID to be what is listed; where none of the
 * first page does, it is no such list.
 */
export function listOf<T>(thing: Thing<T>): Shape<Page<T>> {
	return {
		name: `a list of ${thing.plural}`,
		read(data, asked) {
			const list = listIn(data, [...LIST_NAMES, thing.plural]);
			if (list === undefined) return undefined;
			const given = list.filter((element) => element !== null);
			const read = given.map((element) => readElement(thing, element));
			const elements = read.filter((element) => element !== undefined);
			const isFirst = asked.page === undefined || asked.page === 1;
			const about = isWireObject(data) ? data : {};
			const total = totalIn(about, list.length);
			// Nothing on the first page of something: its pages may be counted from zero, or its list may have another name.
			const isSomethingTold = given.length > 0 || (total ?? 0) > 0;
			if (isFirst && elements.length === 0 && isSomethingTold) return undefined;
			const unproven = given.filter((_, index) => read[index] === undefined);
			const size = wireCount(about.page_size) ?? 0;
			return {
				answer: {
					elements,
					unproven: unproven.map((element) => JSON.stringify(element)),
					total,
					size: size > 0 ? size : undefined,
				},
			};
		},
	};
}

function readElement<T>(thing: Thing<T>, element: unknown): Answer<T> | undefined {
	if (!isWireObject(element) || !isOwn(thing, element)) return undefined;
	const value = thing.read(element);
	return idOf(thing, value) === null ? undefined : { value, wire: element };
}

/** By which of its IDs a listed thing is told from all others. */
export function idOf<T>(thing: Thing<T>, value: T): string | null {
	return thing.ids.map(([, of]) => of(value)).find((id) => id !== null) ?? null;
}

/** `null` is an empty list, as Go sends it. Where nothing looks like a list, only a total of zero says that it is empty. */
export function listIn(data: unknown, names: readonly string[]): unknown[] | undefined {
	if (data === null || data === undefined) return [];
	if (Array.isArray(data)) return data as unknown[];
	if (!isWireObject(data)) return undefined;
	const lists: unknown[][] = names.map((name) => data[name]).filter(Array.isArray);
	// An empty one beside it is the list of something else.
	const list = lists.find(({ length }) => length > 0);
	if (list !== undefined) return list;
	const isEmpty =
		lists.length > 0 || names.some((name) => data[name] === null) || totalIn(data, 0) === 0;
	return isEmpty && !holdsOtherThings(data) ? [] : undefined;
}

/** Things under a name that we do not know may be just those that were asked for. */
function holdsOtherThings(data: WireObject): boolean {
	return Object.values(data).some((member) => Array.isArray(member) && member.some(isWireObject));
}

/** A `count` that counts no more than this page may be one of the page alone, and tells nothing of the others. */
function totalIn(about: WireObject, length: number): number | undefined {
	const total = wireCount(about.total) ?? wireCount(about.total_count);
	if (total !== null) return total < length ? undefined : total;
	const count = wireCount(about.count);
	return count !== null && (count > length || count === 0) ? count : undefined;
}

/** Whether an ID is the one that was asked for; where none was asked for, every one is. */
export function isAskedIn(id: string | null, asked: RequestValue): boolean {
	if (asked === undefined) return true;
	return id !== null && comparableHash(id) === comparableHash(wireText(asked) ?? '');
}

function isOwn<T>({ foreignIds }: Thing<T>, wire: WireObject): boolean {
	return foreignIds.every((name) => wireText(wire[name]) === null);
}

/** What a request says, in the values of an answer. */
export function toWire(asked: RequestBody): WireObject {
	const told = Object.entries(asked).map(([name, value]) => [
		name,
		value instanceof Decimal ? value.toString() : value,
	]);
	return Object.fromEntries(told) as WireObject;
}
