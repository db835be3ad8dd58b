import { setImmediate } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type { IDataDeduplicator } from 'n8n-workflow';

/** How many turns of the event loop the database takes to answer. */
const TURNS = 3;

async function database(): Promise<void> {
	for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

type Row = { mode: string; data: unknown[] };
type Node = { workflow: { id?: string }; node?: { id: string } };

/**
 * n8n's store for what was seen before, as its server keeps it: one row for a node, which is read, changed and written back
 * without a lock. A second first entry at the same time meets a unique constraint, and a row of another mode is refused.
 */
function seenStore(): IDataDeduplicator {
	const rows = new Map<string, Row>();
	// The server, too, takes the ID before it waits for anything.
	const keyOf = ({ workflow, node }: Node) => `${workflow.id}/n:${node?.id}`;
	const read = async (key: string) => {
		await database();
		const row = rows.get(key);
		return row && { ...row, data: [...row.data] };
	};
	return {
		async checkProcessedAndRecord(items, _scope, about, { mode, maxEntries = Infinity }) {
			const key = keyOf(about);
			const row = await read(key);
			if (row !== undefined && row.mode !== mode) {
				throw new Error('Deduplication data was originally saved with an incompatible setting');
			}
			await database();
			if (row === undefined && rows.has(key)) throw new Error('UNIQUE constraint failed');
			const seen = row?.data ?? [];
			const fresh = items.filter((item) => !seen.includes(item));
			rows.set(key, { mode, data: [...seen, ...fresh].slice(-maxEntries) });
			return { new: fresh, processed: items.filter((item) => seen.includes(item)) };
		},
		async removeProcessed(items, _scope, about) {
			const key = keyOf(about);
			const row = await read(key);
			if (row === undefined) return;
			rows.set(key, { ...row, data: row.data.filter((item) => !items.includes(item as never)) });
		},
		async clearAllProcessedItems(_scope, about) {
			const key = keyOf(about);
			await database();
			rows.delete(key);
		},
		async getProcessedDataCount(_scope, about) {
			return (await read(keyOf(about)))?.data.length ?? 0;
		},
	};
}

let isInstalled = false;

/** Gives the engine its store, as n8n's server does when it starts; once for a worker. */
export async function installSeenStore(): Promise<void> {
	if (isInstalled) return;
	isInstalled = true;
	try {
		DataDeduplicationService.getInstance();
	} catch {
		await DataDeduplicationService.init(seenStore());
	}
}
