import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { PonponPayClient } from '../shared/api/client';
import { createClient, loadCredential } from '../shared/api/connection';
import type { PonponPayCredential } from '../shared/api/credential';
import { toNodeError } from '../shared/api/errors';
import { readList } from '../shared/api/list';
import { triggerParameters } from '../shared/fields/parameters';
import { LruMap } from '../shared/lruMap';
import type { Order } from '../shared/model/order';
import type { WireObject } from '../shared/model/wire';
import { emitPolled } from '../shared/n8n/emitPolled';
import { ownerOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';
import { isWanted } from '../shared/trigger/wanted';
import {
	firstQueries,
	includesLateQuery,
	newWatch,
	nextQueries,
	observe,
	takeBack,
	type Change,
	type ListQuery,
	type OrderWatch,
	type Seen,
} from './orderWatch';
import { accountOf } from './polledAccount';
import { toEvent, toPolledItem } from './polledItem';
import { warnInLog, warnOnce } from './pollLog';
import { recall, remember, type PollMemory } from './pollMemory';
import { PATIENCE, readPollSettings, type PollSettings } from './pollSettings';
import { beforeThese, ToldChanges, type OrdersBefore } from './toldChanges';

const MOST_KNOWN = 10_000;

type Poll = {
	client: PonponPayClient;
	credential: PonponPayCredential;
	settings: PollSettings;
};

/** The nodes that are being polled: n8n starts the next poll on time, whether or not the last one has ended. */
const runningPolls = processMemory(
	'running polls',
	(capacity) => new LruMap<true>(capacity, () => true),
);

/**
 * One look at PonponPay: the changes since the last one, each an item, or `null` when there are none, or when n8n has got
 * them already.
 *
 * What was seen is remembered only together with what is emitted: a poll that does not succeed leaves everything to the
 * next one. And what was emitted counts as told only where its process has lived to poll again: n8n saves what a poll
 * remembers and stores the execution one after the other, so that a process that ends between the two leaves behind a
 * memory of what nobody was told. So after a restart the last changes are emitted again, and `tellOnce()` drops those that an
 * execution has had.
 *
 * @throws NodeApiError or NodeOperationError when PonponPay cannot be asked; it says at once if it does not list orders
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = readPollSettings({
			...triggerParameters(context, false),
			hint: (sentence) => warnOnce(context, `reports: ${sentence}`),
		});
		const credential = await loadCredential(context);
		const client = await createClient(context, PATIENCE);
		const parts = { settings, credential, client };
		return await oneAtATime(ownerOf(context), async () => await lookForChanges(context, parts));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T | null> {
	if (runningPolls.get(key)) return null;
	runningPolls.set(key, true);
	try {
		return await work();
	} finally {
		runningPolls.delete(key);
	}
}

async function lookForChanges(
	context: IPollFunctions,
	{ client, credential, settings }: Poll,
): Promise<INodeExecutionData[][] | null> {
	const history = new ToldChanges(context);
	const account = await accountOf(client, credential);
	const memory = recall(context, account);
	const warn: Warn = (sentence) => warnOnce(context, `reports: ${sentence}`);
	const lost = history.takeLost();
	const found = await (
		memory === undefined
			? lookFirst(client, settings, warn)
			: lookAgain(client, settings, warn, watchToCompare(memory, lost))
	).catch((error: unknown) => {
		history.lose(lost);
		throw error;
	});
	for (const order of found.strange) warn(unknownStatus(order));
	if (found.dropped > 0) warnOfDropped(context, found.dropped);
	const unread: Record<string, Seen> = {};
	const built = found.changes.flatMap((change): Built[] => {
		try {
			const event = toEvent(change.order, change.event);
			const item = toPolledItem(event, credential, found.raw.get(change.order));
			return isWanted(event, settings) ? [{ change, item }] : [];
		} catch {
			unread[change.id] = change.before;
			warn(`order ${change.id} cannot be read; it is watched on.`);
			return [];
		}
	});
	const changes = built.map(({ change }) => change);
	const emitted = beforeThese(changes);
	remember(context, account, { watch: takeBack(found.watch, unread), emitted });
	if (built.length === 0) return null;
	const items = [built.map(({ item }) => item)];
	if (emitPolled(context, items, () => history.lose(emitted))) return null;
	history.expect(changes, lost);
	return items;
}

/** The watch without what may not have been told: by this process, or by one that has ended since. */
function watchToCompare(
	{ watch, emitted, isFromBefore }: PollMemory,
	lost: OrdersBefore,
): OrderWatch {
	return takeBack(watch, isFromBefore ? { ...lost, ...emitted } : lost);
}

/** A change, and the item that tells it. */
type Built = { readonly change: Change; readonly item: INodeExecutionData };

function unknownStatus({ tradeId, merchantOrderId, statusCode }: Order): string {
	const id = tradeId ?? merchantOrderId ?? '';
	const status = statusCode === null ? 'a status' : `the status ${statusCode}`;
	return `PonponPay gives order ${id} ${status} that this package does not know; it is watched on.`;
}

type Found = ReturnType<typeof observe> & { raw: ReadonlyMap<Order, WireObject> };

/** Tells in n8n's log what is no failure. */
type Warn = (sentence: string) => void;

/** Learns what there is. Only orders of the time the user asked for count as changed. */
async function lookFirst(
	client: PonponPayClient,
	settings: PollSettings,
	warn: Warn,
): Promise<Found> {
	const now = unixNow();
	const start = now - Math.max(settings.watchSeconds, settings.lookBackSeconds);
	const { orders, raw } = await readOrders(client, firstQueries(start), settings, warn);
	const watch = newWatch(start, orders, now);
	// What cannot be read is no more new than the rest.
	const look = { ...clockOf(client, now), isWhole: true };
	const found = observe(watch, orders, start, look, policyOf(settings));
	const reportFrom = (now - settings.lookBackSeconds) * 1000;
	const isReported = ({ order }: Change) =>
		settings.lookBackSeconds > 0 && Date.parse(order.createdAt ?? '') >= reportFrom;
	return { ...found, changes: found.changes.filter(isReported), raw };
}

async function lookAgain(
	client: PonponPayClient,
	settings: PollSettings,
	warn: Warn,
	watch: OrderWatch,
): Promise<Found> {
	const now = unixNow();
	const queries = nextQueries(watch, now);
	const { orders, raw, isWhole } = await readOrders(client, queries, settings, warn);
	const lateLookAt = includesLateQuery(queries) ? now : watch.lateLookAt;
	const fallback = queries[0].start ?? watch.from;
	const look = { ...clockOf(client, now), isWhole };
	const found = observe({ ...watch, lateLookAt }, orders, fallback, look, policyOf(settings));
	return { ...found, raw };
}

/** Ours, and what PonponPay's shows: no order is made later than that. */
function clockOf({ secondsAhead = 0 }: PonponPayClient, now: number) {
	return { now, latest: now + Math.max(0, secondsAhead) };
}

function policyOf({ watchSeconds }: PollSettings) {
	return { watchSeconds, capacity: MOST_KNOWN };
}

/** Oldest first: the list is newest first, and things happened in this order. */
async function readOrders(
	client: PonponPayClient,
	queries: readonly ListQuery[],
	{ includeRaw }: PollSettings,
	warn: Warn,
): Promise<{ orders: Order[]; raw: Map<Order, WireObject>; isWhole: boolean }> {
	let isWhole = true;
	const orders: Order[] = [];
	const raw = new Map<Order, WireObject>();
	for (const { start, end, statuses } of queries) {
		const found = await readList(client, {
			endpoint: 'orderList',
			filters: { start_time: start, end_time: end, status: statuses },
			keep: ({ value: order, wire }) => {
				if (includeRaw) raw.set(order, wire);
				return order;
			},
			ifIncomplete: (sentence) => {
				isWhole = false;
				warn(sentence);
			},
		});
		orders.push(...found.reverse());
	}
	return { orders, raw, isWhole };
}

function warnOfDropped(context: IPollFunctions, dropped: number): void {
	warnInLog(
		context,
		`cannot remember more than ${MOST_KNOWN} orders and no longer watches ${dropped} of the oldest. Set Options → Watch Orders For to fewer days.`,
	);
}

function unixNow(): number {
	return Math.floor(Date.now() / 1000);
}
