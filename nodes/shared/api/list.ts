import { mapConcurrently } from '../concurrency';
import type { RequestBody } from '../model/json';
import type { PonponPayClient } from './client';
import { ApiFailure } from './failure';
import { ENDPOINTS, type AnswerOf } from './endpoints';
import { idOf, type Answer, type Page, type Thing } from './shapes/shape';
import { LISTED } from './shapes/table';

/** Most elements PonponPay puts on a page [I]. */
const PAGE_SIZE = 100;
/** A page costs PonponPay as much as many small requests do. */
export const PAGES_AT_ONCE = 10;
/** Full readings before a list that never stands still is taken as it is. */
const MOST_READINGS = 3;
/** A million elements: no list of a merchant is longer, and one that has no end must not be read for ever. */
const MOST_PAGES = 10_000;

/** The endpoints that answer a page of a list. */
export type ListEndpoint = keyof typeof LISTED;

/** What such a list holds. */
export type ListedValue<N extends ListEndpoint> = AnswerOf<N> extends Page<infer T> ? T : never;

/** What to read, and what to keep of it. */
export type ListRequest<N extends ListEndpoint, K> = {
	endpoint: N;
	/** The filters; absent members are not sent. They are applied here once more: PonponPay may not know one of them. */
	filters: RequestBody;
	/** Turns an element into what is kept of it, page by page: the wire objects themselves are let go. */
	keep(element: Answer<ListedValue<N>>): K;
	/**
	 * What becomes of a list that is not whole: an element has no ID, or fewer come than PonponPay says there are. Where
	 * money is decided by what is listed it must be refused; elsewhere a sentence tells it once the list is read.
	 */
	ifIncomplete: 'refuse' | ((sentence: string) => void);
	/** How many elements are wanted; `undefined` for all. */
	limit?: number;
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
 * How large the pages are is PonponPay's choice, and whether it tells a total. The reading ends where a page brings
 * nothing new, or as many elements have come as there are.
 *
 * @throws ApiFailure
 */
export async function readList<N extends ListEndpoint, K>(
	client: PonponPayClient,
	request: ListRequest<N, K>,
): Promise<K[]> {
	const { ifIncomplete, endpoint } = request;
	let kept = new Map<string, K>();
	let missing = 0;
	const unproven = new Set<string>();
	for (let reading = 1; reading <= MOST_READINGS; reading += 1) {
		const isFirst = reading === 1;
		const latest = await new Reading(client, request, unproven).read(isFirst);
		({ missing } = latest);
		// The latest order counts; what only an earlier reading saw comes behind it.
		for (const [id, element] of kept) {
			if (!latest.kept.has(id)) latest.kept.set(id, element);
		}
		({ kept } = latest);
		if (latest.change === 'none' || (latest.change === 'grew' && !isFirst)) break;
	}
	if (ifIncomplete === 'refuse') {
		if (missing > 0) throw unreadable(client, endpoint, `${missing} of its elements did not come`);
	} else {
		if (unproven.size > 0) ifIncomplete(leftOut(endpoint, unproven.size));
		if (missing > 0) ifIncomplete(notCome(endpoint, missing));
	}
	return [...kept.values()].slice(0, request.limit);
}

function notCome(endpoint: ListEndpoint, count: number): string {
	const { name, plural } = LISTED[endpoint];
	const what = count === 1 ? `is ${name} more` : `are ${count} more ${plural}`;
	return `PonponPay says that there ${what} than it listed.`;
}

function leftOut(endpoint: ListEndpoint, count: number): string {
	const { name, plural } = LISTED[endpoint];
	const [what, those] = count === 1 ? [name, 'it was'] : [`${count} ${plural}`, 'they were'];
	return `PonponPay listed ${what} without an ID; ${those} left out.`;
}

/** How far a person has leafed through a list. */
export type LeafedTo = {
	/** The next page, from 1. */
	page: number;
	/** How many elements have come. */
	seen: number;
	/** The ID of the first one on the page before; empty before the first page. */
	lastFirst: string;
};

/**
 * One page, for a list that a person leafs through. Elements without an ID are left out.
 *
 * How large its pages are, PonponPay need not tell. So it is the last where all have come that there are, and where a page
 * is empty or begins as the one before: then PonponPay has no more, or always gives the same.
 *
 * @returns what is on the page, and where it goes on; `undefined` at the end
 */
export async function readPage<N extends ListEndpoint>(
	client: PonponPayClient,
	endpoint: N,
	{ page, seen, lastFirst }: LeafedTo,
	size: number,
): Promise<{ elements: ReadonlyArray<Answer<ListedValue<N>>>; next: LeafedTo | undefined }> {
	const body = { page, page_size: size };
	const found = (await client.ask(endpoint, body)) as Page<ListedValue<N>>;
	const { elements, unproven, total } = found;
	const nowSeen = seen + elements.length + unproven.length;
	const first = elements.length === 0 ? '' : (idOf(thingOf(endpoint), elements[0].value) ?? '');
	if (nowSeen === seen || (first !== '' && first === lastFirst)) {
		return { elements: [], next: undefined };
	}
	const isLast = total !== undefined && nowSeen >= total;
	return {
		elements,
		next: isLast ? undefined : { page: page + 1, seen: nowSeen, lastFirst: first },
	};
}

/** The compiler cannot see that both tables belong together when it knows only the type of the endpoint's name. */
function thingOf<N extends ListEndpoint>(endpoint: N): Thing<ListedValue<N>> {
	const things: { [E in ListEndpoint]: Thing<ListedValue<E>> } = LISTED;
	return things[endpoint];
}

/** A list from its first page to its last. */
class Reading<N extends ListEndpoint, K> {
	/** What is wanted, by its ID. */
	readonly kept = new Map<string, K>();
	/** All that has come, wanted or not. */
	private readonly seen = new Set<string>();
	private readonly totals: number[] = [];
	private readonly thing: Thing<ListedValue<N>>;

	constructor(
		private readonly client: PonponPayClient,
		private readonly request: ListRequest<N, K>,
		/** What has no ID, of this and all other readings. */
		private readonly unproven: Set<string>,
	) {
		this.thing = thingOf(request.endpoint);
	}

	async read(severalAtOnce: boolean): Promise<this> {
		const { limit = Infinity } = this.request;
		const askedSize = Math.min(PAGE_SIZE, limit);
		const first = await this.ask(1, askedSize);
		let isOver = !this.take(first);
		const told = Math.min(askedSize, first.size ?? askedSize);
		const length = first.elements.length + first.unproven.length;
		const isShort = first.total !== undefined && length < first.total;
		// Should PonponPay give smaller pages than it is asked for, this is how they are counted.
		const size = isShort ? Math.min(told, length) : told;
		for (let next = 2; !isOver && !this.isComplete(limit);) {
			const pages = severalAtOnce ? this.pagesLeft(size, limit) : 1;
			if (next > MOST_PAGES) {
				throw unreadable(
					this.client,
					this.request.endpoint,
					`it has no end after ${MOST_PAGES} pages`,
				);
			}
			const width = Math.min(pages, this.client.concurrency, PAGES_AT_ONCE);
			const start = next;
			const batch = await mapConcurrently(
				width,
				width,
				async (index) => await this.ask(start + index, size),
			);
			for (const page of batch) isOver = !this.take(page) || isOver;
			next += batch.length;
		}
		return this;
	}

	/** What the totals of the pages say about the list while it was read. */
	get change(): 'none' | 'grew' | 'shrank' {
		const { totals } = this;
		if (totals.some((total, index) => index > 0 && total < totals[index - 1])) return 'shrank';
		return new Set(totals).size > 1 ? 'grew' : 'none';
	}

	/** How many did not come of those that were there all the time. */
	get missing(): number {
		const { limit = Infinity } = this.request;
		if (this.kept.size >= limit || this.totals.length === 0) return 0;
		return Math.max(0, Math.min(...this.totals) - this.seen.size);
	}

	private isComplete(limit: number): boolean {
		const total = this.totals.at(-1);
		return this.kept.size >= limit || (total !== undefined && this.seen.size >= total);
	}

	/** How many pages are surely still needed; where nothing is sure, one at a time. */
	private pagesLeft(size: number, limit: number): number {
		const total = this.totals.at(-1);
		if (total === undefined) return 1;
		const left = Math.min(total - this.seen.size, limit - this.kept.size);
		return Math.max(1, Math.ceil(left / size));
	}

	/** @returns whether the page brought anything new */
	private take({ elements, unproven, total }: Page<ListedValue<N>>): boolean {
		if (total !== undefined) this.totals.push(total);
		const before = this.seen.size;
		if (unproven.length > 0 && this.request.ifIncomplete === 'refuse') {
			throw unreadable(this.client, this.request.endpoint, 'an element has no ID');
		}
		for (const element of unproven) {
			this.seen.add(element);
			this.unproven.add(element);
		}
		for (const element of elements) {
			const id = idOf(this.thing, element.value) ?? '';
			if (this.seen.has(id)) continue;
			this.seen.add(id);
			if (this.thing.fits(element, this.request.filters)) {
				this.kept.set(id, this.request.keep(element));
			}
		}
		return this.seen.size > before;
	}

	private async ask(page: number, size: number): Promise<Page<ListedValue<N>>> {
		const body = { ...this.request.filters, page, page_size: size };
		return (await this.client.ask(this.request.endpoint, body)) as Page<ListedValue<N>>;
	}
}

function unreadable(client: PonponPayClient, name: ListEndpoint, detail: string): ApiFailure {
	const endpoint = ENDPOINTS[name];
	const { name: expected } = endpoint.answers;
	return new ApiFailure({ kind: 'unreadable', endpoint, host: client.host, expected, detail });
}
