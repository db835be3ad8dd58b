import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Records a key in n8n's store for what was seen before (that of its node "Remove Duplicates"), which is kept in n8n's
 * database.
 *
 * The store is read, changed and written back without a lock: callers must ask one after another for one node.
 *
 * Seen in n8n-core 1.120 to 2.41: `checkProcessedAndRecord` is among the helpers of execute(), its answer names the new keys. Without
 * it no event would be known to be a duplicate after a restart. The table itself is the server's; held on 2.41.1 and
 * 1.123.81 by test/e2e/once.test.mts.
 *
 * @param historySize how many keys n8n keeps for this node; the oldest is forgotten
 * @returns whether the store did not know the key
 */
export async function recordIfNew(
	context: IExecuteFunctions,
	key: string,
	historySize: number,
): Promise<boolean> {
	const { new: fresh } = await context.helpers.checkProcessedAndRecord([key], 'node', {
		mode: 'entries',
		maxEntries: historySize,
	});
	return fresh.length > 0;
}
