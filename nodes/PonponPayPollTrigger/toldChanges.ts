import type { FunctionsBase, IDataObject } from 'n8n-workflow';

import { LruMap } from '../shared/lruMap';
import { isWireObject } from '../shared/model/wire';
import { ownerOf } from '../shared/once/owner';
import { processMemory } from '../shared/once/processMemory';
import type { Change, Seen } from './orderWatch';

type Context = Pick<FunctionsBase, 'getInstanceId' | 'getWorkflow' | 'getNode'>;

/** What n8n could start no execution with: it is seen again by the next poll. */
const lostChanges = processMemory('lost changes', (capacity) => new LruMap<OrdersBefore>(capacity));

/** Orders as they were seen before a change, by ID. */
export type OrdersBefore = Readonly<Record<string, Seen>>;

type Unheard = { readonly changes: readonly Change[]; readonly repeated: OrdersBefore };

/** What was given to an n8n that does not say what becomes of it. */
const unheardChanges = processMemory(
	'unheard changes',
	(capacity) => new LruMap<Unheard>(capacity),
);

/** What an execution of this process has got. */
const arrivedChanges = processMemory('arrived changes', (capacity) => new LruMap<true>(capacity));

/** What makes two changes one: an order comes to each of its events once. */
export function changeKey({ id, event }: Pick<Change, 'id' | 'event'>): string {
	return JSON.stringify([id, event]);
}

/** The key of the change that an item tells; `undefined` for an item that is none of a poll. */
export function changeKeyOf({ event, order }: IDataObject): string | undefined {
	if (typeof event !== 'string' || !isWireObject(order)) return undefined;
	const id = order.tradeId ?? order.merchantOrderId;
	return typeof id === 'string' ? JSON.stringify([id, event]) : undefined;
}

/** What one poll trigger has told in this process, and what became of it. */
export class ToldChanges {
	private readonly owner: string;

	constructor(context: Context) {
		this.owner = ownerOf(context);
	}

	/** n8n has started nothing with these orders' changes. */
	lose(before: OrdersBefore): void {
		if (Object.keys(before).length === 0) return;
		lostChanges.set(this.owner, { ...lostChanges.get(this.owner), ...before });
	}

	/**
	 * Nobody will say what becomes of these: the next poll looks whether they have arrived.
	 *
	 * @param repeated the orders of those that are told once more
	 */
	expect(changes: readonly Change[], repeated: OrdersBefore): void {
		unheardChanges.set(this.owner, { changes, repeated });
	}

	/** An execution has got it. */
	arrive(key: string): void {
		arrivedChanges.set(`${this.owner} ${key}`, true);
	}

	/** What is to be told again, as it was seen before; it is handed out once. */
	takeLost(): OrdersBefore {
		const { changes, repeated } = unheardChanges.get(this.owner) ?? { changes: [], repeated: {} };
		unheardChanges.delete(this.owner);
		// Where executions run in other processes none ever arrives here: it is told once more, in case it was lost.
		const isHeard = arrivedChanges.size > 0;
		const missing = changes.filter((change) => !this.hasArrived(change));
		this.lose(beforeThese(missing.filter(({ id }) => isHeard || !(id in repeated))));
		const lost = lostChanges.get(this.owner) ?? {};
		lostChanges.delete(this.owner);
		return lost;
	}

	private hasArrived(change: Change): boolean {
		return arrivedChanges.get(this.keyOf(change)) ?? false;
	}

	private keyOf(change: Change): string {
		return `${this.owner} ${changeKey(change)}`;
	}
}

/** The orders of these changes, as they were seen before. */
export function beforeThese(changes: readonly Change[]): OrdersBefore {
	return Object.fromEntries(changes.map(({ id, before }) => [id, before]));
}
