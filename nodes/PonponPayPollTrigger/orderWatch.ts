import { eventOfStatus, isFurther, ORDER_EVENTS, type OrderEvent } from '../shared/model/event';
import type { Order } from '../shared/model/order';
import { isPaidStatus, ORDER_STATUSES, orderPhase, orderStatusCode } from '../shared/model/status';

/*
 * The bookkeeping of a poll: PonponPay's list of orders has no filter "changed since" [I], so what was seen of each order
 * is remembered and compared. All times are Unix seconds; those of orders come from PonponPay's clock, and only they
 * decide which orders are new, so that a wrong clock here loses nothing.
 */

/** What was last seen of an order. No event: nothing that counts. */
export type Seen = readonly [createdAt: number, event: OrderEvent | null];

/** Everything a poll must remember until the next one. */
export type OrderWatch = {
	/** Orders created earlier that are not among the known are none of ours: they were settled and forgotten, or never ours. */
	readonly from: number;
	/** When late payments were last looked for, by our clock. */
	readonly lateLookAt: number;
	/** By PonponPay's id. */
	readonly known: Readonly<Record<string, Seen>>;
};

export type WatchPolicy = {
	/** How long after its creation an order is watched, in seconds. */
	readonly watchSeconds: number;
	/** Most orders remembered; about 60 bytes each. */
	readonly capacity: number;
};

/** A part of PonponPay's list that has to be read. Both ends count; absent ones are open. */
export type ListQuery = {
	readonly start?: number;
	readonly end?: number;
	/** Status numbers; absent: any. */
	readonly statuses?: readonly number[];
};

/** An order that has come further than it was last seen. */
export type Change = {
	readonly id: string;
	readonly order: Order;
	readonly event: OrderEvent;
	readonly before: Seen;
};

export type Observation = {
	readonly watch: OrderWatch;
	/** In the order in which the orders were read. */
	readonly changes: readonly Change[];
	/** How many orders that may still change had to be forgotten, because there are too many. */
	readonly dropped: number;
	/** Those whose status nobody knows; they are watched on. */
	readonly strange: readonly Order[];
};

/** Lists may show a new order late, and not quite in order. */
const OVERLAP_SECONDS = 900;
/** For what could not be read we look back over so many orders at most. */
const MOST_HELD = 500;
/** Payments after an order has ended are rare, and looking for them means reading a long list. */
export const LATE_LOOK_SECONDS = 900;

const OPEN = statusesWhere((status) => orderPhase(status) === 'pending');
const PAID = statusesWhere(isPaidStatus);

/** What to read before anything is known: the recent orders, and those open for longer. */
export function firstQueries(start: number): ListQuery[] {
	return [{ start }, { statuses: OPEN }];
}

/**
 * What to read now: everything since the oldest order that is still open, and every quarter of an hour also whether an
 * order that ended unpaid before that was paid after all.
 */
export function nextQueries(watch: OrderWatch, now: number): ListQuery[] {
	const seen = Object.values(watch.known);
	const start = least(watch.from, seen.filter(isOpen));
	const ended = seen.filter((each) => isEnded(each) && each[0] < start);
	const isLateLookDue = Math.abs(now - watch.lateLookAt) >= LATE_LOOK_SECONDS;
	if (ended.length === 0 || !isLateLookDue) return [{ start }];
	return [{ start }, { start: least(start, ended), end: start, statuses: PAID }];
}

/** Whether late payments are looked for among these. */
export function includesLateQuery(queries: readonly ListQuery[]): boolean {
	return queries.some(({ statuses }) => statuses === PAID);
}

/**
 * A watch for which every order that the first queries have shown is new.
 *
 * @param start of the first queries
 */
export function newWatch(start: number, orders: readonly Order[], now: number): OrderWatch {
	const known: Record<string, Seen> = {};
	for (const order of orders) {
		const [id, created] = [idOf(order), createdAtOf(order)];
		if (id !== null && created !== undefined && created < start) known[id] = [created, null];
	}
	return { from: start, lateLookAt: now, known };
}

/** How a look went. All times are Unix seconds. */
export type PollLook = {
	/** By our clock. */
	readonly now: number;
	/** What no order can be younger than: one from the future must not make us blind for those of today. */
	readonly latest: number;
	/** Whether everything that was listed could be read; what could not may be readable later, and is new then. */
	readonly isWhole: boolean;
};

/**
 * Takes in what the queries have shown.
 *
 * An order only ever comes further; what says otherwise is an answer that came late. So no change is seen twice.
 *
 * @param orders oldest first
 * @param fallback the creation time assumed where PonponPay tells none: the start of the queries
 */
export function observe(
	stored: OrderWatch,
	orders: readonly Order[],
	fallback: number,
	look: PollLook,
	policy: WatchPolicy,
): Observation {
	const { latest } = look;
	// A watch of an older version of this package may begin in the future.
	const watch = { ...stored, from: Math.min(stored.from, latest) };
	const known = new Map(Object.entries(watch.known));
	const changes: Change[] = [];
	for (const order of orders) {
		const id = idOf(order);
		if (id === null) continue;
		const created = Math.min(createdAtOf(order) ?? fallback, latest);
		const isNew = !known.has(id);
		if (isNew && created < watch.from) continue;
		const before: Seen = known.get(id) ?? [created, null];
		const event = order.status === 'unknown' ? null : eventOfStatus(order.status);
		const isChange = event !== null && (before[1] === null || isFurther(event, before[1]));
		if (isNew || isChange) known.set(id, [before[0], event]);
		if (isChange) changes.push({ id, order, event, before });
	}
	const strange = orders.filter(({ status }) => status === 'unknown');
	return { ...forget(watch, known, look, policy), changes, strange };
}

/** The watch as it was before these changes, so that they are seen again. */
export function takeBack(watch: OrderWatch, before: Readonly<Record<string, Seen>>): OrderWatch {
	return { ...watch, known: { ...watch.known, ...before } };
}

/** Lets go of what cannot change any more, and moves on to the oldest order that can. */
function forget(
	watch: OrderWatch,
	known: ReadonlyMap<string, Seen>,
	{ now, isWhole }: PollLook,
	{ watchSeconds, capacity }: WatchPolicy,
): Omit<Observation, 'changes' | 'strange'> {
	const oldestWatched = now - watchSeconds;
	const isWatched = (each: Seen) => each[0] >= oldestWatched && (isOpen(each) || isEnded(each));
	const seen = [...known.values()];
	const newest = seen.reduce((latest, [created]) => Math.max(latest, created), -Infinity);
	const oldestOpen = least(
		newest,
		seen.filter((each) => isWatched(each) && isOpen(each)),
	);
	const isHeld = !isWhole && watch.from >= oldestWatched && known.size <= MOST_HELD;
	let from = isHeld ? watch.from : Math.max(watch.from, oldestOpen - OVERLAP_SECONDS);
	const kept = [...known].filter(([, each]) => each[0] >= from || isWatched(each));
	const tooMany = kept
		.sort(([, left], [, right]) => right[0] - left[0])
		.splice(capacity)
		.map(([, each]) => each);
	for (const [created] of tooMany) from = Math.max(from, created + 1);
	return {
		watch: { from, lateLookAt: watch.lateLookAt, known: Object.fromEntries(kept) },
		dropped: tooMany.filter(isWatched).length,
	};
}

/**
 * Reads a watch that was stored as JSON.
 *
 * @returns `undefined` for anything that is none
 */
export function readWatch(stored: unknown): OrderWatch | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { from, lateLookAt, known } = stored as Partial<OrderWatch>;
	const isWatch =
		typeof from === 'number' &&
		typeof lateLookAt === 'number' &&
		typeof known === 'object' &&
		known !== null &&
		Object.values(known).every(isSeen);
	return isWatch ? { from, lateLookAt, known } : undefined;
}

function isSeen(stored: unknown): stored is Seen {
	if (!Array.isArray(stored)) return false;
	const [created, event] = stored as unknown[];
	return (
		typeof created === 'number' && (event === null || ORDER_EVENTS.some((name) => name === event))
	);
}

function createdAtOf(order: Order): number | undefined {
	return order.createdAt === null ? undefined : Math.floor(Date.parse(order.createdAt) / 1000);
}

function idOf({ tradeId, merchantOrderId }: Order): string | null {
	return tradeId ?? merchantOrderId;
}

/** The earliest creation among these, if it is before the limit. */
function least(limit: number, seen: readonly Seen[]): number {
	return seen.reduce((earliest, [created]) => Math.min(earliest, created), limit);
}

function isOpen([, event]: Seen): boolean {
	return event === null || event === 'order.pending' || event === 'order.confirming';
}

function isEnded([, event]: Seen): boolean {
	return event === 'order.expired' || event === 'order.cancelled';
}

function statusesWhere(test: (status: (typeof ORDER_STATUSES)[number]) => boolean): number[] {
	return ORDER_STATUSES.filter(test).map(orderStatusCode);
}
