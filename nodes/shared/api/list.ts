import { mapConcurrently } from '../concurrency';
import type { RequestBody } from '../model/json';
import { isWireObject, wireText, type WireObject } from '../model/wire';
import type { PonponPayClient } from './client';
import type { EndpointName } from './endpoints';

/** Most elements PonponPay puts on a page [I]. */
const PAGE_SIZE = 100;
/** A page costs PonponPay as much as many small requests do. */
export const PAGES_AT_ONCE = 10;
/** Full readings before a list that never stands still is taken as it is. */
const MOST_READINGS = 3;

/** What to read, and what to keep of it. */
export type ListRequest<T> = {
	endpoint: EndpointName;
	/** The filters; absent members are not sent. */
	filters: RequestBody;
	/** Wire name of what makes an element unique. */
	idName: string;
	/** Turns an element into what is kept of it, page by page: the wire objects themselves are let go. */
	keep(element: WireObject): T;
	/** How many elements are wanted; `undefined` for all. */
	limit?: number;
};

type Page<T> = {
	kept: Array<[id: string | null, element: T]>;
	total: number | undefined;
	size: number | undefined;
};

/**
 * Reads a list of PonponPay, page by page, each element once, in PonponPay's order.
 *
 * Pages after the first are read several at once as soon as the total is known. When orders are added while we read,
 * elements move to later pages: one may then come twice, which is recognised by its id, or, because pages are read at
 * once, slip between two pages. So the total must be the same on every page; if it is not, the list is read again, one
 * page after the other: additions then only push known elements ahead of the reading. When the total shrinks (an
 * element left the filter), elements move the other way; then the list is read once more, and what one reading missed
 * the other has.
 *
 * @throws ApiFailure
 */
export async function readList<T>(client: PonponPayClient, request: ListRequest<T>): Promise<T[]> {
	let elements = new Map<string, T>();
	for (let reading = 1; reading <= MOST_READINGS; reading += 1) {
		const isFirst = reading === 1;
		const latest = await readOnce(client, request, isFirst);
		// The latest order counts; what only an earlier reading saw comes behind it.
		for (const [id, element] of elements) {
			if (!latest.elements.has(id)) latest.elements.set(id, element);
		}
		elements = latest.elements;
		if (latest.change === 'none' || (latest.change === 'grew' && !isFirst)) break;
	}
	return [...elements.values()].slice(0, request.limit);
}

type Reading<T> = {
	elements: Map<string, T>;
	/** What the totals of the pages say about the list while it was read. */
	change: 'none' | 'grew' | 'shrank';
};

async function readOnce<T>(
	client: PonponPayClient,
	request: ListRequest<T>,
	severalAtOnce: boolean,
): Promise<Reading<T>> {
	const { limit = Infinity } = request;
	const askedSize = Math.min(PAGE_SIZE, limit);
	const elements = new Map<string, T>();
	const totals: number[] = [];
	const take = (page: Page<T>) => {
		if (page.total !== undefined) totals.push(page.total);
		for (const [id, element] of page.kept) {
			const key = id ?? `#${elements.size}`;
			if (!elements.has(key)) elements.set(key, element);
		}
		return page;
	};

	let last = take(await readPage(client, request, 1, askedSize));
	// Should PonponPay give smaller pages than it is asked for, this is how they are counted.
	const pageSize = Math.min(askedSize, last.size ?? askedSize);
	const mostPages = Math.ceil(limit / pageSize);
	let next = 2;
	if (severalAtOnce && last.total !== undefined) {
		const pages = Math.min(mostPages, Math.ceil(last.total / pageSize));
		const rest = await mapConcurrently(
			Math.max(0, pages - 1),
			Math.min(client.concurrency, PAGES_AT_ONCE),
			async (index) => await readPage(client, request, next + index, pageSize),
		);
		for (const page of rest) last = take(page);
		next += rest.length;
	}
	const isMore = () =>
		next <= mostPages &&
		last.kept.length > 0 &&
		(last.total === undefined ? last.kept.length === pageSize : (next - 1) * pageSize < last.total);
	for (; isMore(); next += 1) last = take(await readPage(client, request, next, pageSize));
	return { elements, change: changeOf(totals) };
}

function changeOf(totals: number[]): Reading<unknown>['change'] {
	if (totals.some((total, index) => index > 0 && total < totals[index - 1])) return 'shrank';
	return new Set(totals).size > 1 ? 'grew' : 'none';
}

async function readPage<T>(
	client: PonponPayClient,
	{ endpoint, filters, idName, keep }: ListRequest<T>,
	page: number,
	pageSize: number,
): Promise<Page<T>> {
	const data = await client.call(endpoint, { ...filters, page, page_size: pageSize });
	const { elements, ...about } = readPageData(data);
	return { kept: elements.map((element) => [wireText(element[idName]), keep(element)]), ...about };
}

/** `data` of a list endpoint [I]: `{ list, total, page, page_size }`. */
export function readPageData(data: unknown): {
	elements: WireObject[];
	total: number | undefined;
	size: number | undefined;
} {
	const { list, total, page_size: size } = isWireObject(data) ? data : {};
	return {
		elements: Array.isArray(list) ? list.filter(isWireObject) : [],
		total: typeof total === 'number' ? total : undefined,
		size: typeof size === 'number' && size >= 1 ? size : undefined,
	};
}
