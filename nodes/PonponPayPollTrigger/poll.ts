import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';

import type { PonponPayClient } from '../shared/api/client';
import { createClient, loadCredential } from '../shared/api/connection';
import type { PonponPayCredential } from '../shared/api/credential';
import { toNodeError } from '../shared/api/errors';
import { readList } from '../shared/api/list';
import { LruMap } from '../shared/lruMap';
import { dedupeKey } from '../shared/model/dedupeKey';
import { eventOfStatus, type OrderEvent, type PonponPayEvent } from '../shared/model/event';
import type { Order } from '../shared/model/order';
import type { WireObject } from '../shared/model/wire';
import { emitPolled } from '../shared/n8n/emitPolled';
import { ownerOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';
import { UsedOnce } from '../shared/once/usedOnce';
import { toItem } from '../shared/trigger/item';
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
	type Seen,
} from './orderWatch';
import { accountOf } from './polledAccount';
import { warnInLog, warnOnce } from './pollLog';
import { recall, remember, type PollMemory } from './pollMemory';
import { readPollSettings, type PollSettings } from './pollSettings';

/** The next poll comes soon; and n8n gives a poll 45 seconds in some set-ups. */
const PATIENCE = { mostTries: 3, totalMs: 30_000, timeoutMs: 15_000 };
const MOST_KNOWN = 10_000;
const SAMPLE_CHOICE = 50;

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

/** Told once by this process, whatever version of the workflow is polled. */
const emittedChanges = processMemory(
	'emitted changes',
	(capacity) => new UsedOnce(Date.now, capacity),
);

/** What n8n could start no execution with: it is seen again by the next poll. */
const lostChanges = processMemory(
	'lost changes',
	(capacity) => new LruMap<Record<string, Seen>>(capacity),
);

/**
 * One look at PonponPay: the changes since the last one, each an item, or `null` when there are none, or when n8n has got
 * them already.
 *
 * What was seen is remembered only together with what is emitted: a poll that does not succeed leaves everything to the
 * next one.
 *
 * @throws NodeApiError or NodeOperationError when PonponPay cannot be asked; it says at once if it does not list orders
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = readPollSettings(context);
		const credential = await loadCredential(context);
		const client = await createClient(context, PATIENCE);
		const parts = { settings, credential, client };
		if (context.getMode() === 'manual') return [[await sample(context, parts)]];
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
	const owner = ownerOf(context);
	const account = await accountOf(client, credential);
	const memory = recall(context, account);
	const warn: Warn = (sentence) => warnOnce(context, `reports: ${sentence}`);
	const found =
		memory === undefined
			? await lookFirst(client, settings, warn)
			: await lookAgain(client, settings, warn, {
					...memory,
					watch: takeBack(memory.watch, lostChanges.get(owner) ?? {}),
				});
	lostChanges.delete(owner);
	for (const order of found.strange) warn(unknownStatus(order));
	if (found.dropped > 0) warnOfDropped(context, found.dropped);
	const unread: Record<string, Seen> = {};
	const built = found.changes.flatMap((change): Built[] => {
		try {
			const event = toEvent(change.order, change.event);
			const about = circumstances(event, credential, found.raw.get(change.order));
			return isWanted(event, settings) ? [{ change, item: toItem(event, about) }] : [];
		} catch {
			unread[change.id] = change.before;
			warn(`order ${change.id} cannot be read; it is watched on.`);
			return [];
		}
	});
	const told = built.filter(({ change }) => emittedChanges.claim(keyOf(owner, change)) !== 'used');
	const emitted = Object.fromEntries(told.map(({ change }) => [change.id, change.before]));
	remember(context, account, { watch: takeBack(found.watch, unread), emitted });
	if (told.length === 0) return null;
	const onLost = () => {
		for (const { change } of told) emittedChanges.release(keyOf(owner, change));
		lostChanges.set(owner, { ...lostChanges.get(owner), ...emitted });
	};
	const items = [told.map(({ item }) => item)];
	return emitPolled(context, items, onLost) ? null : items;
}

/** A change, and the item that tells it. */
type Built = { readonly change: Change; readonly item: INodeExecutionData };

const keyOf = (owner: string, { id, event }: Change) => `${owner} ${id} ${event}`;

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
	const found = observe(watch, orders, start, clockOf(client, now), policyOf(settings));
	const reportFrom = (now - settings.lookBackSeconds) * 1000;
	const isReported = ({ order }: Change) =>
		settings.lookBackSeconds > 0 && Date.parse(order.createdAt ?? '') >= reportFrom;
	return { ...found, changes: found.changes.filter(isReported), raw };
}

async function lookAgain(
	client: PonponPayClient,
	settings: PollSettings,
	warn: Warn,
	{ watch: stored, emitted, isFromBefore }: PollMemory,
): Promise<Found> {
	const now = unixNow();
	const watch = isFromBefore && settings.repeatAfterRestart ? takeBack(stored, emitted) : stored;
	const queries = nextQueries(watch, now);
	const { orders, raw } = await readOrders(client, queries, settings, warn);
	const lateLookAt = includesLateQuery(queries) ? now : watch.lateLookAt;
	const fallback = queries[0].start ?? watch.from;
	const clock = clockOf(client, now);
	const found = observe({ ...watch, lateLookAt }, orders, fallback, clock, policyOf(settings));
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
): Promise<{ orders: Order[]; raw: Map<Order, WireObject> }> {
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
			ifIncomplete: warn,
		});
		orders.push(...found.reverse());
	}
	return { orders, raw };
}

/** The newest order that fits the settings, or else the newest: somebody builds a workflow and needs something to see. */
async function sample(
	context: IPollFunctions,
	{ client, credential, settings }: Poll,
): Promise<INodeExecutionData> {
	const orders = await readList(client, {
		endpoint: 'orderList',
		filters: {},
		keep: (order) => order,
		ifIncomplete: (sentence) => warnInLog(context, `reports: ${sentence}`),
		limit: SAMPLE_CHOICE,
	});
	const choices = orders.flatMap(({ value: order, wire: raw }) =>
		order.status === 'unknown' ? [] : [{ raw, event: toEvent(order, eventOfStatus(order.status)) }],
	);
	const chosen = choices.find(({ event }) => isWanted(event, settings)) ?? choices[0];
	if (chosen === undefined) {
		throw new NodeOperationError(context.getNode(), 'There is no order to show yet', {
			description:
				'Create one first, for example with the operation Order: Create of the PonponPay node.',
		});
	}
	const raw = settings.includeRaw ? chosen.raw : undefined;
	return toItem(chosen.event, circumstances(chosen.event, credential, raw));
}

function toEvent(order: Order, type: OrderEvent): PonponPayEvent {
	return {
		type,
		eventId: null,
		environment: null,
		isContradictory: false,
		order,
		refund: null,
		dispute: null,
	};
}

function circumstances(
	event: PonponPayEvent,
	{ environment }: PonponPayCredential,
	raw: WireObject | undefined,
) {
	return {
		dedupeKey: dedupeKey(event, environment) ?? '',
		isDuplicate: false,
		isStale: false,
		raw,
	};
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
