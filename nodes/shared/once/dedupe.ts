import type { IExecuteFunctions } from 'n8n-workflow';

import { LruMap } from '../lruMap';
import { recordIfNew } from '../n8n/dedupeStore';
import { ownerOf } from './owner';
import { processMemory } from './processMemory';
import { UsedOnce } from './usedOnce';

/** What lies before whom, by node: of two executions at the same time n8n's store would tell both that the key is new. */
const queues = processMemory(
	'queues of the event history',
	(capacity) => new LruMap<Promise<void>>(capacity, () => true),
);

/** Which item has passed with which key, so that n8n's "Retry On Fail" can repeat it. */
const passed = processMemory('passed events', (capacity) => new UsedOnce(Date.now, capacity));

/**
 * Whether this key comes to this node for the first time, also counted over restarts of n8n: it is recorded in n8n's
 * database. Exact within one n8n process, however many executions there are at once.
 *
 * An execution by hand in the editor records nothing, and there everything is new.
 *
 * @param itemId what tells this item from all others, also those of other executions
 * @param historySize how many keys n8n keeps; the oldest is forgotten
 */
export async function dedupe(
	context: IExecuteFunctions,
	key: string,
	itemId: string,
	historySize: number,
): Promise<boolean> {
	if (context.getMode() === 'manual') return true;
	const node = ownerOf(context);
	return await oneAfterAnother(node, async () => {
		const pass = `${node} ${itemId} ${key}`;
		if (passed.claim(pass) === 'used') return true;
		const isNew = await recordIfNew(context, key, historySize).catch((error: unknown) => {
			passed.release(pass);
			throw error;
		});
		if (!isNew) passed.release(pass);
		return isNew;
	});
}

async function oneAfterAnother<T>(node: string, work: () => Promise<T>): Promise<T> {
	const before = queues.get(node) ?? Promise.resolve();
	const result = before.then(work);
	const end = result.then(
		() => {},
		() => {},
	);
	queues.set(node, end);
	try {
		return await result;
	} finally {
		if (queues.get(node) === end) queues.delete(node);
	}
}
