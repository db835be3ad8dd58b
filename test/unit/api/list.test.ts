import { PonponPayClient, type Transport } from '../../../nodes/shared/api/client';
import {
	readList,
	readPage,
	type LeafedTo,
	type ListRequest,
} from '../../../nodes/shared/api/list';
import { Pacer } from '../../../nodes/shared/api/pacer';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import type { Webhook } from '../../../nodes/shared/model/webhook';
import { failureOf, FakeEnvironment, HOST, refusal, success } from './support';

type Wire = { trade_id?: string; amount: number };

const orders = (count: number, first = 0): Wire[] =>
	Array.from({ length: count }, (_, index) => ({
		trade_id: `P${first + count - index}`,
		amount: first + count - index,
	}));

/** A list at PonponPay, newest first, that can change between two requests. */
class RemoteList {
	readonly pages: number[] = [];
	readonly sizes: number[] = [];
	mostUnderWay = 0;
	private underWay = 0;
	/** Called before each answer, with the number of the page that is asked for. */
	before: (page: number) => void = () => {};
	hasTotal = true;
	saysSize = true;
	largestPage = 100;
	/** What was said of a list that is not whole. */
	readonly told: string[] = [];

	constructor(public elements: Wire[]) {}

	transport: Transport = async ({ body }) => {
		this.underWay += 1;
		this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
		await Promise.resolve();
		const { page, page_size } = JSON.parse(body) as { page: number; page_size: number };
		this.before(page);
		this.pages.push(page);
		this.sizes.push(page_size);
		const size = Math.min(page_size, this.largestPage);
		const list = this.elements.slice((page - 1) * size, page * size);
		const total = this.hasTotal ? { total: this.elements.length } : {};
		this.underWay -= 1;
		const echo = this.saysSize ? { page, page_size: size } : {};
		return success({ list, ...total, ...echo });
	};

	read(more: Partial<ListRequest<'orderList', number>> = {}, concurrency = 8): Promise<number[]> {
		const environment = new FakeEnvironment();
		const pacer = new Pacer(concurrency, environment);
		const client = new PonponPayClient(HOST, this.transport, DEFAULT_RETRY, environment, pacer);
		return readList(client, {
			endpoint: 'orderList',
			filters: {},
			keep: ({ value }) => Number(value.amount),
			ifIncomplete: (sentence) => this.told.push(sentence),
			...more,
		});
	}
}

const amounts = (elements: Wire[]) => elements.map(({ amount }) => amount);

describe('a list that stands still', () => {
	it.each([
		[0, [1]],
		[1, [1]],
		[99, [1]],
		[100, [1]],
		[101, [1, 2]],
		[1000, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
	])('of %i is read once, in order, and no page too many', async (count, pages) => {
		const remote = new RemoteList(orders(count));
		expect(await remote.read()).toEqual(amounts(remote.elements));
		expect([...remote.pages].sort((a, b) => a - b)).toEqual(pages);
	});

	it('is read several pages at once, within the bounds of the client', async () => {
		const wide = new RemoteList(orders(2000));
		await wide.read();
		expect(wide.mostUnderWay).toBe(8);

		const narrow = new RemoteList(orders(500));
		await narrow.read({}, 1);
		expect(narrow.mostUnderWay).toBe(1);
	});

	it('is read page by page where PonponPay does not say how many there are', async () => {
		const remote = new RemoteList(orders(250));
		remote.hasTotal = false;
		expect(await remote.read()).toEqual(amounts(remote.elements));
		expect(remote.pages).toEqual([1, 2, 3, 4]);
		expect(remote.mostUnderWay).toBe(1);
	});

	it('ends where a full page is the last, without a total', async () => {
		const remote = new RemoteList(orders(200));
		remote.hasTotal = false;
		expect(await remote.read()).toHaveLength(200);
		expect(remote.pages).toEqual([1, 2, 3]);
	});

	it.each([
		[50, [50], 50],
		[100, [100], 100],
		[150, [100, 100], 150],
		[5000, [100, 100, 100], 250],
	])('is read no further than a limit of %i', async (limit, sizes, length) => {
		const remote = new RemoteList(orders(250));
		expect(await remote.read({ limit })).toEqual(amounts(remote.elements).slice(0, length));
		expect(remote.sizes).toEqual(sizes);
	});

	it('is read in full where PonponPay gives smaller pages than asked for', async () => {
		const remote = new RemoteList(orders(170));
		remote.largestPage = 20;
		expect(await remote.read()).toEqual(amounts(remote.elements));
		expect(await remote.read({ limit: 30 })).toEqual(amounts(remote.elements).slice(0, 30));
	});

	it('need not repeat how large its pages are', async () => {
		const remote = new RemoteList(orders(250));
		remote.saysSize = false;
		expect(await remote.read()).toEqual(amounts(remote.elements));
	});

	it('is no list of orders where none of them has an ID', async () => {
		const { details } = await failureOf(new RemoteList([{ amount: 1 }, { amount: 2 }]).read());
		expect(details).toMatchObject({ kind: 'unreadable', expected: 'a list of orders' });
	});

	it('leaves out what has no ID and says so once, however many pages and readings there are', async () => {
		const nameless = Array.from({ length: 120 }, (_, index) => ({ amount: -index - 1 }));
		const remote = new RemoteList([...orders(50, 300), ...nameless, ...orders(130)]);
		const named = amounts(remote.elements).filter((amount) => amount > 0);
		expect(await remote.read()).toEqual(named);
		expect(remote.told).toEqual(['PonponPay listed 120 orders without an ID; they were left out.']);
		expect(remote.pages).toEqual([1, 2, 3]);

		const single = new RemoteList([...orders(3), { amount: -1 }]);
		expect(await single.read()).toEqual([3, 2, 1]);
		expect(single.told).toEqual(['PonponPay listed an order without an ID; it was left out.']);
	});

	it('is refused for an element without an ID where money is decided by it', async () => {
		const remote = new RemoteList([...orders(150), { amount: 1 }]);
		const { details } = await failureOf(remote.read({ ifIncomplete: 'refuse' }));
		expect(details).toMatchObject({
			kind: 'unreadable',
			expected: 'a list of orders',
			detail: 'an element has no ID',
		});
	});

	it('sends the filters with every page', async () => {
		const bodies: unknown[] = [];
		const remote = new RemoteList(orders(150));
		const { transport } = remote;
		remote.transport = async (request) => {
			bodies.push(JSON.parse(request.body));
			return await transport(request);
		};
		await remote.read({ filters: { status: [2, 5], currency: undefined } });
		expect(bodies).toEqual([
			{ status: [2, 5], page: 1, page_size: 100 },
			{ status: [2, 5], page: 2, page_size: 100 },
		]);
	});

	it('that says it has more than it gives comes to an end', async () => {
		const remote = new RemoteList(orders(10));
		const { transport } = remote;
		remote.transport = async (request) => {
			const step = await transport(request);
			if ('reply' in step) step.reply.body = step.reply.body.replace('"total":10', '"total":250');
			return step;
		};
		expect(await remote.read()).toEqual(amounts(remote.elements));
	});

	it('fails as its pages do', async () => {
		const remote = new RemoteList(orders(300));
		const { transport } = remote;
		remote.transport = async (request) =>
			request.body.includes('"page":3')
				? refusal(10001, 'page is too far')
				: await transport(request);
		const { details } = await failureOf(remote.read());
		expect(details).toMatchObject({ kind: 'refused', detail: 'page is too far' });
	});
});

describe('a list that changes while it is read', () => {
	/** Every element that was there from beginning to end, exactly once, and none twice. */
	async function expectComplete(remote: RemoteList, concurrency: number) {
		const atStart = new Set(amounts(remote.elements));
		const read = await remote.read({}, concurrency);
		const lasting = amounts(remote.elements).filter((amount) => atStart.has(amount));
		expect(new Set(read).size).toBe(read.length);
		expect(lasting.filter((amount) => !read.includes(amount))).toEqual([]);
	}

	describe.each([1, 8])('with %i requests at once', (concurrency) => {
		it.each([1, 2, 3, 5])('misses none when orders come in before page %i', async (when) => {
			const remote = new RemoteList(orders(450));
			let added = 0;
			remote.before = (page) => {
				if (page !== when || added > 0) return;
				added = 7;
				remote.elements = [...orders(added, 450), ...remote.elements];
			};
			await expectComplete(remote, concurrency);
		});

		it('misses none when an order comes in before every page', async () => {
			const remote = new RemoteList(orders(450));
			remote.before = () => {
				remote.elements = [...orders(1, remote.elements.length), ...remote.elements];
			};
			await expectComplete(remote, concurrency);
		});

		it.each([2, 3, 5])('misses none when orders leave the list before page %i', async (when) => {
			const remote = new RemoteList(orders(450));
			let isOver = false;
			remote.before = (page) => {
				if (page !== when || isOver) return;
				isOver = true;
				remote.elements = remote.elements.filter((_, index) => index % 50 !== 0);
			};
			await expectComplete(remote, concurrency);
		});
	});

	it('comes to an end even when it never stands still', async () => {
		const remote = new RemoteList(orders(450));
		remote.before = (page) => {
			if (page > 1) remote.elements = remote.elements.slice(1);
			else remote.elements = [...orders(6, 10_000 + remote.pages.length * 10), ...remote.elements];
		};
		const read = await remote.read();
		expect(new Set(read).size).toBe(read.length);
		expect(remote.pages.length).toBeLessThanOrEqual(15);
	});
});

describe('a list in another dialect', () => {
	/** Pages one after the other, then empty ones. */
	const pages = (...data: unknown[]) => {
		const asked: number[] = [];
		const transport: Transport = async ({ body }) => {
			const { page } = JSON.parse(body) as { page: number };
			asked.push(page);
			return success(data[page - 1] ?? { list: [] });
		};
		const environment = new FakeEnvironment();
		const client = new PonponPayClient(HOST, transport, DEFAULT_RETRY, environment);
		return { client, asked };
	};
	const all = async (...data: unknown[]) => {
		const { client, asked } = pages(...data);
		const read = await readList(client, {
			endpoint: 'orderList',
			filters: {},
			keep: ({ value }) => Number(value.amount),
			ifIncomplete: 'refuse',
		});
		return { read, asked };
	};

	it.each([
		['with a total as text', { items: orders(1, 2), total: '3' }, { items: orders(2), total: '3' }],
		['with total_count', { rows: orders(1, 2), total_count: 3 }, { rows: orders(2) }],
		['with count', { records: orders(1, 2), count: 3 }, { records: orders(2), count: 3 }],
		[
			'whose count is that of the page',
			{ data: orders(1, 2), count: 1 },
			{ data: orders(2), count: 2 },
		],
		['without a total', { orders: orders(1, 2) }, { orders: orders(2) }],
		['that is a bare array', orders(1, 2), orders(2)],
		['whose total is too small', { list: orders(1, 2), total: 0 }, { list: orders(2), total: 0 }],
	])('%s is read to its end', async (_what, ...data) => {
		expect((await all(...data)).read).toEqual([3, 2, 1]);
	});

	it('that gives the whole list for every page is read once more and no further', async () => {
		const list = orders(3);
		expect(await all(list, list, list)).toEqual({ read: [3, 2, 1], asked: [1, 2] });
	});

	it.each([500_000, 4])('that says it has %i and gives three is not whole', async (total) => {
		const list = { list: orders(3), total };
		const { details } = await failureOf(all(list));
		expect(details).toMatchObject({ kind: 'unreadable', expected: 'a list of orders' });
		expect(details.detail).toBe(`${total - 3} of its elements did not come`);

		const { client, asked } = pages(list);
		const told: string[] = [];
		const keep = ({ value }: { value: { amount: string | null } }) => Number(value.amount);
		const ifIncomplete = (sentence: string) => told.push(sentence);
		const request = { endpoint: 'orderList', filters: {}, keep, ifIncomplete } as const;
		expect(await readList(client, request)).toEqual([3, 2, 1]);
		expect(told).toEqual([
			total === 4
				? 'PonponPay says that there is an order more than it listed.'
				: 'PonponPay says that there are 499997 more orders than it listed.',
		]);
		expect(asked.length).toBeLessThanOrEqual(30);
	});

	it('that is filtered by none of what was asked for is filtered here', async () => {
		const { client } = pages([
			{ trade_id: 'P1', status: 1, currency: 'USDT', network: 'Tron' },
			{ trade_id: 'P2', status: 2, currency: 'USDT', network: 'Tron' },
			{ trade_id: 'P3', status: 1, currency: 'USDC', network: 'Tron' },
			{ trade_id: 'P4', status: 1, currency: 'USDT', network: 'bsc' },
			{ trade_id: 'P5', status: 99, currency: 'USDT', network: 'Tron' },
		]);
		const filters = { status: [0, 1], currency: 'USDT', network: 'tron' };
		const keep = ({ value }: { value: { tradeId: string | null } }) => value.tradeId;
		expect(
			await readList(client, { endpoint: 'orderList', filters, keep, ifIncomplete: 'refuse' }),
		).toEqual(['P1']);
	});

	it('keeps refunds that do not name their order, because they may have taken its money', async () => {
		const { client } = pages([
			{ refund_id: 'R1', trade_id: 'P1' },
			{ refund_id: 'R2', trade_id: 'P2' },
			{ refund_id: 'R3' },
		]);
		const filters = { trade_id: 'P1' };
		const keep = ({ value }: { value: { refundId: string | null } }) => value.refundId;
		expect(
			await readList(client, { endpoint: 'refundList', filters, keep, ifIncomplete: 'refuse' }),
		).toEqual(['R1', 'R3']);
	});
});

it('reads all pages of the webhooks, so that none of ours is left behind', async () => {
	const hooks = Array.from({ length: 45 }, (_, index) => ({ webhook_id: index + 1, url: 'u' }));
	const transport: Transport = async ({ body }) => {
		const { page } = JSON.parse(body) as { page: number };
		return success({ items: hooks.slice((page - 1) * 20, page * 20) });
	};
	const client = new PonponPayClient(HOST, transport, DEFAULT_RETRY, new FakeEnvironment());
	const request = { filters: {}, keep: ({ value }: { value: Webhook }) => value.webhookId };
	const ids = await readList(client, {
		endpoint: 'webhookList',
		ifIncomplete: 'refuse',
		...request,
	});
	expect(ids).toHaveLength(45);
});

describe('a list that a person leafs through', () => {
	/** The amounts of each page, until it says that there is no more. */
	const leaf = async (pageOf: (page: number) => unknown): Promise<number[][]> => {
		const transport: Transport = async ({ body }) =>
			success(pageOf((JSON.parse(body) as { page: number }).page));
		const client = new PonponPayClient(HOST, transport, DEFAULT_RETRY, new FakeEnvironment());
		const pages: number[][] = [];
		let leafed: LeafedTo | undefined = { page: 1, seen: 0, lastFirst: '' };
		while (leafed !== undefined && pages.length < 20) {
			const { elements, next }: LeafedPage = await readPage(client, 'orderList', leafed, 100);
			pages.push(elements.map(({ value }) => Number(value.amount)));
			leafed = next;
		}
		return pages;
	};
	type LeafedPage = Awaited<ReturnType<typeof readPage<'orderList'>>>;
	const two = (page: number) => orders(5).slice((page - 1) * 2, page * 2);
	const ofFive = [[5, 4], [3, 2], [1]];

	it.each([
		['says how many there are', (page: number) => ({ list: two(page), total: 5 }), ofFive],
		['says both', (page: number) => ({ list: two(page), total: 5, page, page_size: 2 }), ofFive],
		['says neither', (page: number) => ({ list: two(page) }), [...ofFive, []]],
		['gives bare arrays', two, [...ofFive, []]],
		['gives the first page for every page', () => two(1), [[5, 4], []]],
		['gives null for nothing', () => null, [[]]],
		[
			'also lists what has no ID',
			(page: number) => ({ list: [...two(page), { amount: 9 }], total: 8 }),
			ofFive,
		],
	])('ends with its last page where PonponPay %s', async (_what, pageOf, pages) => {
		expect(await leaf(pageOf)).toEqual(pages);
	});
});
