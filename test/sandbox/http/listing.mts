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

/** Whether a time lies between `start_time` and `end_time`, both included. */
export function period(input: Input): (unixSeconds: number) => boolean {
	const start = input.count('start_time') ?? 0;
	const end = input.count('end_time') ?? Infinity;
	if (start > end) throw refuse('start_time', 'must not be after end_time');
	return (unixSeconds) => unixSeconds >= start && unixSeconds <= end;
}

/** Whether a text is the one asked for, in any case; where none is asked for, every one is. */
export function matching(asked: string | undefined): (text: string | undefined) => boolean {
	if (asked === undefined) return () => true;
	const wanted = asked.toLowerCase();
	return (text) => text?.toLowerCase() === wanted;
}

/** Whether an order's status is among those asked for: one or a list, by number or by word. */
export function orderStatusFilter(input: Input): (status: Status) => boolean {
	const asked = listOf(input.value('status'));
	if (asked.length === 0) return () => true;
	const tests = asked.map(orderStatusTest);
	return (status) => tests.some((test) => test(status));
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

/** Whether a refund's or dispute's status is among the words asked for: one or a list. */
export function wordFilter(input: Input, name: string, known: readonly string[]) {
	const asked = listOf(input.value(name));
	const unknown = asked.find((word) => typeof word !== 'string' || !known.includes(word));
	if (unknown !== undefined) throw refuse(name, `must be one of ${known.join(', ')}`);
	return (word: string) => asked.length === 0 || asked.includes(word);
}

function listOf(value: WireValue | undefined): readonly WireValue[] {
	if (value === undefined || value === '') return [];
	return Array.isArray(value) ? value : [value];
}
