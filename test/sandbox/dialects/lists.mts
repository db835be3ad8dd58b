import { isObject, NumberToken, type WireObject, type WireValue } from '../wire.mts';
import type { Dialect, DialectTable } from './dialect.mts';
import { rename, without } from './transform.mts';

/** A page, or the list of webhooks, which has only its elements. */
interface PageData extends WireObject {
	readonly list: readonly WireValue[];
}

function isPage(data: WireValue): data is PageData {
	return isObject(data) && Array.isArray(data.list);
}

const pages = (about: string, change: (page: PageData) => WireValue): Dialect => ({
	about,
	data: (data) => (isPage(data) ? change(data) : data),
});

const listUnder = (name: string) =>
	pages(`lists under \`${name}\``, (page) => rename(page, { list: name }));

const totalUnder = (name: string) =>
	pages(`the number of all under \`${name}\``, (page) => rename(page, { total: name }));

const SMALL_PAGE = 2;

const numberText = (value: WireValue | undefined): string =>
	value instanceof NumberToken ? value.text : String(value);

function countOf(value: WireValue | undefined, otherwise: number): number {
	const number = Number(numberText(value));
	return Number.isInteger(number) && number >= 1 ? number : otherwise;
}

/** How lists are given; a page of the contract is `{ list, total, page, page_size }`. */
export const LIST_DIALECTS = {
	'pages-small': {
		about: `pages of at most ${SMALL_PAGE}, however many are asked for; \`page_size\` says so`,
		understand: (fields, endpoint) =>
			endpoint.endsWith('/list') && endpoint !== '/webhook/list'
				? {
						...fields,
						page_size: new NumberToken(String(Math.min(SMALL_PAGE, countOf(fields.page_size, 20)))),
					}
				: fields,
	},
	'page-ignored': {
		about: 'always the first page, whichever is asked for',
		understand: (fields) => without(fields, 'page'),
	},
	'hooks-paged': {
		about: `the list of webhooks has pages too, of ${SMALL_PAGE} unless more are asked for`,
		data: (data, { endpoint, fields }) => {
			if (endpoint !== '/webhook/list' || !isPage(data)) return data;
			const size = countOf(fields.page_size, SMALL_PAGE);
			const page = countOf(fields.page, 1);
			const list = data.list.slice((page - 1) * size, page * size);
			return { list, total: data.list.length, page, page_size: size };
		},
	},
	'pages-bare': pages('pages that do not say which they are, nor how large', (page) =>
		without(page, 'page', 'page_size'),
	),
	'total-text': pages('the number of all as text', (page) =>
		page.total === undefined ? page : { ...page, total: numberText(page.total) },
	),
	'total-absent': pages('no number of all', (page) => without(page, 'total')),
	'total-count': totalUnder('count'),
	'total-total_count': totalUnder('total_count'),
	'list-null': pages('an empty list as `null`', (page) =>
		page.list.length === 0 ? { ...page, list: null } : page,
	),
	'list-items': listUnder('items'),
	'list-records': listUnder('records'),
	'list-rows': listUnder('rows'),
	'list-data': listUnder('data'),
	'list-orders': {
		about: 'the list of orders under `orders`',
		data: (data, { endpoint }) =>
			endpoint === '/order/list' && isPage(data) ? rename(data, { list: 'orders' }) : data,
	},
	'list-unknown': listUnder('things_we_have'),
	'list-bare': pages('lists as bare arrays, without anything about the page', ({ list }) => list),
} satisfies DialectTable;
