import fc from 'fast-check';

import {
	firstQueries,
	includesLateQuery,
	LATE_LOOK_SECONDS,
	newWatch,
	nextQueries,
	observe,
	readWatch,
	takeBack,
	type ListQuery,
	type OrderWatch,
	type WatchPolicy,
} from '../../../nodes/PonponPayPollTrigger/orderWatch';
import { eventOfStatus, type OrderEvent } from '../../../nodes/shared/model/event';
import { toOrder } from '../../../nodes/shared/model/order';
import {
	ORDER_STATUSES,
	orderStatusCode,
	type OrderStatus,
} from '../../../nodes/shared/model/status';

const NOON = Date.UTC(2026, 10, 22, 12) / 1000;
const MINUTE = 60;
const DAY = 86_400;
const WEEK: WatchPolicy = { watchSeconds: 7 * DAY, capacity: 10_000 };

type Listed = { id: string; created: number; status: OrderStatus };

const clock = (now: number, isWhole = true) => ({ now, latest: now, isWhole });

/** PonponPay's list of orders, as far as a look can ask it. */
class Shop {
	readonly orders: Listed[] = [];
	/** Whose elements of the list cannot be read. */
	readonly unreadable = new Set<string>();

	add(id: string, created: number, status: OrderStatus = 'pending'): Listed {
		const order = { id, created, status };
		this.orders.push(order);
		return order;
	}

	/** Whether everything in this part of the list can be read. */
	isWhole(look: ListQuery): boolean {
		return this.matching(look).every(({ id }) => !this.unreadable.has(id));
	}

	list(look: ListQuery) {
		return this.matching(look)
			.filter(({ id }) => !this.unreadable.has(id))
			.sort((left, right) => left.created - right.created)
			.map(({ id, created, status }) =>
				toOrder({ trade_id: id, created_at: created, status: orderStatusCode(status) }),
			);
	}

	private matching({ start = 0, end = Infinity, statuses }: ListQuery): Listed[] {
		return this.orders
			.filter(({ created }) => created >= start && created <= end)
			.filter(({ status }) => statuses === undefined || statuses.includes(orderStatusCode(status)));
	}
}

/** Polls a shop as the node does, and keeps what was emitted as "order event". */
class Poller {
	watch: OrderWatch | undefined;
	readonly emitted: string[] = [];
	lastLooks: ListQuery[] = [];
	dropped = 0;

	constructor(
		private readonly shop: Shop,
		private readonly policy = WEEK,
	) {}

	/** @returns what this poll emits */
	poll(now: number): string[] {
		const isFirst = this.watch === undefined;
		const start = now - this.policy.watchSeconds;
		this.lastLooks = this.watch === undefined ? firstQueries(start) : nextQueries(this.watch, now);
		const orders = this.lastLooks.flatMap((look) => this.shop.list(look));
		const before = this.watch ?? newWatch(start, orders, now);
		const lateLookAt = includesLateQuery(this.lastLooks) ? now : before.lateLookAt;
		const isWhole = isFirst || this.lastLooks.every((look) => this.shop.isWhole(look));
		const look = clock(now, isWhole);
		const seen = observe({ ...before, lateLookAt }, orders, start, look, this.policy);
		this.watch = seen.watch;
		this.dropped += seen.dropped;
		const changes = isFirst ? [] : seen.changes.map(({ id, event }) => `${id} ${event}`);
		this.emitted.push(...changes);
		return changes;
	}

	/** What n8n has saved is all that is left after a restart. */
	save(): string {
		return JSON.stringify(this.watch);
	}

	restart(saved: string): void {
		this.watch = readWatch(JSON.parse(saved));
	}
}

describe('What a poll has seen', () => {
	let shop: Shop;
	let poller: Poller;

	beforeEach(() => {
		shop = new Shop();
		poller = new Poller(shop);
	});

	it('begins with now: what was paid before the first poll is no change', () => {
		shop.add('old', NOON - DAY, 'paid');
		expect(poller.poll(NOON)).toEqual([]);
		expect(poller.poll(NOON + MINUTE)).toEqual([]);
	});

	it('reports an order that was open before the first poll and is paid after it', () => {
		const open = shop.add('open', NOON - 10 * MINUTE);
		const stuck = shop.add('stuck', NOON - 30 * DAY);
		poller.poll(NOON);
		open.status = 'paid';
		stuck.status = 'paid';
		expect(poller.poll(NOON + MINUTE)).toEqual(['open order.paid']);
	});

	it('reports each step of an order once', () => {
		poller.poll(NOON);
		const order = shop.add('a', NOON + 10);
		expect(poller.poll(NOON + MINUTE)).toEqual(['a order.pending']);
		expect(poller.poll(NOON + 2 * MINUTE)).toEqual([]);
		order.status = 'confirming';
		expect(poller.poll(NOON + 3 * MINUTE)).toEqual(['a order.confirming']);
		order.status = 'paid';
		expect(poller.poll(NOON + 4 * MINUTE)).toEqual(['a order.paid']);
		expect(poller.poll(NOON + 5 * MINUTE)).toEqual([]);
	});

	it('reports only where an order stands when it took several steps between two polls', () => {
		poller.poll(NOON);
		shop.add('a', NOON + 10, 'paid');
		expect(poller.poll(NOON + MINUTE)).toEqual(['a order.paid']);
	});

	it('does not take an answer that came late for a change', () => {
		poller.poll(NOON);
		const order = shop.add('a', NOON + 10, 'paid');
		poller.poll(NOON + MINUTE);
		order.status = 'pending';
		expect(poller.poll(NOON + 2 * MINUTE)).toEqual([]);
		order.status = 'paid';
		expect(poller.poll(NOON + 3 * MINUTE)).toEqual([]);
	});

	it('reports an order that could not be read for hours, while newer ones came and were paid', () => {
		poller.poll(NOON);
		shop.add('odd', NOON + 10, 'paid');
		shop.unreadable.add('odd');
		for (let hour = 0; hour < 5; hour += 1) {
			const id = `paid in hour ${hour}`;
			shop.add(id, NOON + hour * 3600 + MINUTE, 'paid');
			expect(poller.poll(NOON + hour * 3600 + 2 * MINUTE)).toEqual([`${id} order.paid`]);
		}
		shop.unreadable.clear();
		expect(poller.poll(NOON + 5 * 3600)).toEqual(['odd order.paid']);
		expect(poller.poll(NOON + 6 * 3600)).toEqual([]);
	});

	it('looks back over no more than some hundred orders for one that cannot be read', () => {
		poller.poll(NOON);
		shop.add('odd', NOON + 10, 'paid');
		shop.unreadable.add('odd');
		for (let index = 0; index < 600; index += 1) shop.add(`${index}`, NOON + index * 10, 'paid');
		poller.poll(NOON + 6000);
		shop.add('newest', NOON + 6000, 'paid');
		poller.poll(NOON + 6000);
		expect(poller.watch?.from).toBeGreaterThan(NOON + 1000);
	});

	it('goes on from now where an older version has stored a beginning in the future', () => {
		poller.poll(NOON);
		poller.watch = { from: NOON + DAY, lateLookAt: NOON, known: {} };
		poller.poll(NOON + MINUTE);
		shop.add('a', NOON + 2 * MINUTE, 'paid');
		expect(poller.poll(NOON + 3 * MINUTE)).toEqual(['a order.paid']);
	});

	it('sees an order that appears in the list minutes after its creation', () => {
		poller.poll(NOON);
		shop.add('b', NOON + 10 * MINUTE, 'paid');
		poller.poll(NOON + 11 * MINUTE);
		shop.add('a', NOON + 2 * MINUTE, 'paid');
		expect(poller.poll(NOON + 12 * MINUTE)).toEqual(['a order.paid']);
	});

	it('tells new orders by the clock of PonponPay, however wrong the own clock is', () => {
		shop.add('old', NOON - 3600, 'paid');
		const wrong = NOON + 2 * 3600;
		poller.poll(wrong);
		shop.add('a', NOON + 10, 'paid');
		expect(poller.poll(wrong + MINUTE)).toEqual(['a order.paid']);
	});

	it.each(['expired', 'cancelled'] as const)('sees a payment days after an order was %s', (end) => {
		poller.poll(NOON);
		const order = shop.add('a', NOON + 10, end);
		poller.poll(NOON + MINUTE);
		shop.add('b', NOON + 2 * DAY, 'paid');
		poller.poll(NOON + 2 * DAY);
		order.status = 'manual';
		const inAQuarter = NOON + 2 * DAY + LATE_LOOK_SECONDS;
		expect(poller.poll(inAQuarter)).toEqual(['a order.paid']);
		expect(poller.poll(inAQuarter + LATE_LOOK_SECONDS)).toEqual([]);
	});

	it('lists from the oldest open order on, and queries for late payments every quarter of an hour only', () => {
		poller.poll(NOON);
		shop.add('ended', NOON + 10, 'expired');
		poller.poll(NOON + MINUTE);
		const open = NOON + DAY;
		shop.add('open', open);
		poller.poll(open + MINUTE);
		const start = open - 15 * MINUTE;
		const both = [{ start }, { start: NOON + 10, end: start, statuses: [2, 5, 7] }];
		poller.poll(open + 2 * MINUTE);
		expect(poller.lastLooks).toEqual(both);
		poller.poll(open + 3 * MINUTE);
		expect(poller.lastLooks).toEqual([{ start }]);
		poller.poll(open + 17 * MINUTE);
		expect(poller.lastLooks).toEqual(both);
	});

	it('forgets orders that are settled, and does not report them again', () => {
		poller.poll(NOON);
		for (let index = 0; index < 100; index += 1) {
			shop.add(`paid-${index}`, NOON + index * MINUTE, 'paid');
		}
		expect(poller.poll(NOON + 100 * MINUTE)).toHaveLength(100);
		expect(Object.keys(poller.watch?.known ?? {}).length).toBeLessThan(20);
		expect(poller.poll(NOON + 101 * MINUTE)).toEqual([]);
	});

	it('no longer watches an order after the time the user set', () => {
		poller.poll(NOON);
		const order = shop.add('a', NOON + 10);
		poller.poll(NOON + MINUTE);
		shop.add('b', NOON + 8 * DAY, 'paid');
		poller.poll(NOON + 8 * DAY + MINUTE);
		expect(poller.watch?.known).not.toHaveProperty('a');
		order.status = 'expired';
		expect(poller.poll(NOON + 8 * DAY + 2 * MINUTE)).toEqual([]);
	});

	it('is bounded: it lets the oldest go, says how many could still change, and repeats none', () => {
		poller = new Poller(shop, { ...WEEK, capacity: 50 });
		poller.poll(NOON);
		for (let index = 0; index < 80; index += 1) shop.add(`open-${index}`, NOON + index);
		expect(poller.poll(NOON + 5 * MINUTE)).toHaveLength(80);
		expect(Object.keys(poller.watch?.known ?? {})).toHaveLength(50);
		expect(poller.dropped).toBe(30);
		expect(poller.poll(NOON + 6 * MINUTE)).toEqual([]);
	});

	it('passes over what has no id, no known status or no time, and takes the latter for new', () => {
		const watch = newWatch(NOON, [], NOON);
		const orders = [
			toOrder({ status: 2, created_at: NOON }),
			toOrder({ trade_id: 'odd', status: 99, created_at: NOON }),
			toOrder({ trade_id: 'timeless', status: 2 }),
		];
		const seen = observe(watch, orders, NOON, clock(NOON), WEEK);
		expect(seen.changes.map(({ id }) => id)).toEqual(['timeless']);
		expect(seen.strange.map(({ tradeId }) => tradeId)).toEqual(['odd']);
		const paid = toOrder({ trade_id: 'odd', status: 2, created_at: NOON });
		expect(observe(seen.watch, [paid], NOON, clock(NOON), WEEK).changes).toHaveLength(1);
	});

	it('is not made blind by an order from the future', () => {
		const watch = newWatch(NOON, [], NOON);
		const future = toOrder({ trade_id: 'future', status: 2, created_at: NOON + 86_400 * 365 });
		const seen = observe(watch, [future], NOON, clock(NOON), WEEK);
		expect(seen.changes.map(({ id }) => id)).toEqual(['future']);
		const next = toOrder({ trade_id: 'next', status: 2, created_at: NOON + 1 });
		const later = observe(seen.watch, [next], NOON, clock(NOON + 60), WEEK);
		expect(later.changes.map(({ id }) => id)).toEqual(['next']);
	});

	it('can be taken back, so that the last changes are seen again, once', () => {
		poller.poll(NOON);
		shop.add('a', NOON + 10, 'paid');
		const now = NOON + 3 * 3600;
		shop.add('b', now, 'paid');
		const before = { a: [NOON + 10, 'order.confirming'], b: [now, null] } as const;
		poller.poll(now);
		poller.watch = takeBack(poller.watch ?? newWatch(now, [], now), before);
		expect(poller.poll(now + MINUTE)).toEqual(['a order.paid', 'b order.paid']);
		expect(poller.poll(now + 2 * MINUTE)).toEqual([]);
	});

	it.each([
		undefined,
		null,
		'text',
		{},
		{ from: 1, lateLookAt: 1 },
		{ from: 1, lateLookAt: 1, known: { a: [1, 'order.gone'] } },
		{ from: 1, lateLookAt: 1, known: { a: ['1', null] } },
		{ from: '1', lateLookAt: 1, known: {} },
	])('is not read from %j', (stored) => {
		expect(readWatch(stored)).toBeUndefined();
	});
});

describe('Whatever happens to orders, and whenever n8n restarts', () => {
	/** What may become of an order (contract, section 4). */
	const NEXT: Record<OrderStatus, readonly OrderStatus[]> = {
		checkout: ['pending', 'expired'],
		pending: ['confirming', 'paid', 'expired', 'cancelled'],
		confirming: ['paid', 'manual'],
		expired: ['manual', 'admin_paid'],
		cancelled: ['manual'],
		paid: [],
		manual: [],
		admin_paid: [],
	};

	const step = fc.oneof(
		{ weight: 3, arbitrary: fc.record({ do: fc.constant('create'), status: fc.nat(7) }) },
		{
			weight: 4,
			arbitrary: fc.record({ do: fc.constant('change'), which: fc.nat(30), to: fc.nat(3) }),
		},
		{ weight: 4, arbitrary: fc.record({ do: fc.constant('poll'), after: fc.nat(4000) }) },
		{ weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
	);
	type Step = Partial<{ status: number; which: number; to: number; after: number }> & {
		do: string;
	};

	/** Lives through a history and returns what was emitted of the wanted events, and where the orders ended up. */
	function live(steps: readonly Step[], isWanted: (event: string) => boolean) {
		const shop = new Shop();
		const poller = new Poller(shop);
		const emitted: string[] = [];
		let now = NOON;
		poller.poll(now);
		// n8n saves after publishing, and then whenever something is emitted.
		let saved = poller.save();
		const poll = () => {
			const wanted = poller.poll(now).filter((entry) => isWanted(entry.split(' ')[1]));
			emitted.push(...wanted);
			if (wanted.length > 0) saved = poller.save();
		};
		for (const { do: what, status = 0, which = 0, to = 0, after = 0 } of steps) {
			now += 1 + after;
			if (what === 'create') shop.add(`o${shop.orders.length}`, now, ORDER_STATUSES[status]);
			if (what === 'poll') poll();
			if (what === 'restart') poller.restart(saved);
			const order = shop.orders[which % Math.max(1, shop.orders.length)];
			if (what === 'change' && order) {
				order.status = NEXT[order.status][to % NEXT[order.status].length] ?? order.status;
			}
		}
		now += LATE_LOOK_SECONDS;
		poll();
		now += LATE_LOOK_SECONDS;
		poll();
		return { emitted, orders: shop.orders };
	}

	const lastEventOf = (emitted: string[], id: string): OrderEvent | undefined =>
		emitted.findLast((entry) => entry.startsWith(`${id} `))?.split(' ')[1] as OrderEvent;

	it('each change is reported once, and every order is reported as it stands at the end', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const { emitted, orders } = live(steps, () => true);
				expect(new Set(emitted).size).toBe(emitted.length);
				for (const { id, status } of orders) {
					expect(lastEventOf(emitted, id)).toBe(eventOfStatus(status));
				}
			}),
			{ numRuns: 1000, seed: 20261123 },
		);
	});

	it('with only "paid" wanted, every paid order is reported exactly once', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const { emitted, orders } = live(steps, (event) => event === 'order.paid');
				const paid = orders.filter(({ status }) => eventOfStatus(status) === 'order.paid');
				expect([...emitted].sort()).toEqual(paid.map(({ id }) => `${id} order.paid`).sort());
			}),
			{ numRuns: 1000, seed: 20261124 },
		);
	});
});
