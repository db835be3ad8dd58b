import { setImmediate } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type { IDataDeduplicator } from 'n8n-workflow';

/** How many turns of the event loop the database takes to answer. */
const TURNS = 3;

async function database(): Promise<void> {
	for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

/**
 * n8n's store for what was seen before, as its server keeps it: one row for a node, which is read, changed and written back
 * without a lock. A second first entry at the same time meets a unique constraint.
 */
function seenStore(): IDataDeduplicator {
	const rows = new Map<string, unknown[]>();
	return {
		async checkProcessedAndRecord(items, _scope, { workflow, node }, { maxEntries = Infinity }) {
			const key = `${workflow.id}/${node?.id}`;
			await database();
			const row = rows.get(key);
			await database();
			if (row === undefined && rows.has(key)) throw new Error('UNIQUE constraint failed');
			const seen = [...(row ?? [])];
			const fresh = items.filter((item) => !seen.includes(item));
			rows.set(key, [...seen, ...fresh].slice(-maxEntries));
			return { new: fresh, processed: items.filter((item) => seen.includes(item)) };
		},
		removeProcessed: async () => {},
		clearAllProcessedItems: async () => rows.clear(),
		getProcessedDataCount: async () => 0,
	};
}

/** Gives the engine its store, as n8n's server does when it starts; once for a worker. */
export async function installSeenStore(): Promise<void> {
	try {
		DataDeduplicationService.getInstance();
	} catch {
		await DataDeduplicationService.init(seenStore());
	}
}
