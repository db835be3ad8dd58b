import { isStatus, statusName, statusWord, type Status } from '../state/status.mts';
import { NumberToken, type WireObject, type WireValue } from '../wire.mts';
import { refuse, type Input } from './input.mts';

const DEFAULT_PAGE_SIZE = 20;
const LARGEST_PAGE_SIZE = 100;

/** One page of what was found, newest first. */
export function page<T>(
	input: Input,
	oldestFirst: readonly T[],
	show: (element: T) => WireObject,
): WireObject {
	const number = input.count('page') ?? 1;
	const size = input.count('page_size') ?? DEFAULT_PAGE_SIZE;
	if (number < 1) throw refuse('page', 'must be at least 1');
	if (size < 1 || size > LARGEST_PAGE_SIZE) {
		throw refuse('page_size', `must be from 1 to ${LARGEST_PAGE_SIZE}`);
	}
	const end = oldestFirst.length - (number - 1) * size;
	const elements = oldestFirst.slice(Math.max(0, end - size), Math.max(0, end)).reverse();
	return { list: elements.map(show), total: oldestFirst.length, page: number, page_size: size };
}

/** Whether an element belongs into the list; absent where the request does not ask. */
type Filter<T> = ((element: T) => boolean) | undefined;

/** The elements that pass every filter asked for; without any, the list itself. */
export function select<T>(elements: readonly T[], filters: ReadonlyArray<Filter<T>>): readonly T[] {
	const asked = filters.filter((filter) => filter !== undefined);
	if (asked.length === 0) return elements;
	return elements.filter((element) => asked.every((filter) => filter(element)));
}

/** A time from `start_time` to `end_time`, both included. */
export function byTime<T>(input: Input, timeOf: (element: T) => number): Filter<T> {
	const start = input.count('start_time');
	const end = input.count('end_time');
	if (start === undefined && end === undefined) return undefined;
	const [from, to] = [start ?? 0, end ?? Infinity];
	if (from > to) throw refuse('start_time', 'must not be after end_time');
	return (element) => timeOf(element) >= from && timeOf(element) <= to;
}

/** The text of a field, in any case. */
export function byText<T>(
	input: Input,
	field: string,
	textOf: (element: T) => string | undefined,
): Filter<T> {
	const asked = input.text(field)?.toLowerCase();
	if (asked === undefined) return undefined;
	return (element) => textOf(element)?.toLowerCase() === asked;
}

/** An order's status: one or a list, by number or by word. */
export function byOrderStatus<T extends { status: Status }>(input: Input): Filter<T> {
	const asked = listOf(input.value('status'));
	if (asked.length === 0) return undefined;
	const tests = asked.map(orderStatusTest);
	return ({ status }) => tests.some((test) => test(status));
}

function orderStatusTest(asked: WireValue): (status: Status) => boolean {
	if (asked instanceof NumberToken) {
		const number = Number(asked.text);
		if (!isStatus(number)) throw refuse('status', `${asked.text} is unknown`);
		return (status) => status === number;
	}
	if (typeof asked === 'string') {
		return (status) => statusWord(status) === asked || statusName(status) === asked;
	}
	throw refuse('status', 'must be a number or a word');
}

/** The status of a refund or dispute: one word or a list of them. */
export function byStatusWord<T extends { status: string }>(
	input: Input,
	known: readonly T['status'][],
): Filter<T> {
	const asked = listOf(input.value('status'));
	if (asked.length === 0) return undefined;
	const words = known.filter((word) => asked.includes(word));
	if (words.length < new Set(asked).size)
		throw refuse('status', `must be one of ${known.join(', ')}`);
	return ({ status }) => words.includes(status);
}

function listOf(value: WireValue | undefined): readonly WireValue[] {
	if (value === undefined || value === '') return [];
	return Array.isArray(value) ? value : [value];
}
