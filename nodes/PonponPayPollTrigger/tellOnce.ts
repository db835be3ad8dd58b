import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { mapConcurrently } from '../shared/concurrency';
import { ignoreAlwaysOutputData } from '../shared/n8n/nodeSettings';
import { retryIdentity } from '../shared/n8n/retryIdentity';
import { claimsOf } from '../shared/once/claims';
import { warnOnce } from './pollLog';
import { ToldChanges, changeKeyOf } from './toldChanges';

/** n8n's database takes one after the other anyway; but the way to it takes time. */
const CLAIMS_AT_ONCE = 10;

/**
 * Passes on what a poll has found, in the execution that it has started, unless another execution has had it.
 *
 * A poll that was cut off cannot know whether n8n has stored an execution with what it found, so it is found once more. Here
 * n8n's database can be asked, which knows what was told whatever became of the process.
 *
 * Where it cannot be asked everything passes, because twice is better than never, and n8n's log says so.
 */
export async function tellOnce(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const isFirst = firstTimeIn(context);
	const items = context.getInputData();
	const passes = await mapConcurrently(items.length, CLAIMS_AT_ONCE, async (index) => {
		const key = changeKeyOf(items[index].json);
		return key === undefined || (await isFirst(key));
	});
	// It would start the workflow with nothing where everything was told before.
	ignoreAlwaysOutputData(context);
	return items.filter((_item, index) => passes[index]);
}

function firstTimeIn(context: IExecuteFunctions): (key: string) => Promise<boolean> {
	const told = new ToldChanges(context);
	const identity = retryIdentity(context);
	const owner = JSON.stringify(identity);
	return async (key) => {
		told.arrive(key);
		try {
			const claims = await claimsOf(context);
			const claim = await claims.claim(key, owner);
			// A person who tries an execution again of which nothing is known must not be left with nothing.
			return claim === 'mine' || !identity.isKnown;
		} catch (error) {
			const cause = error instanceof Error ? error.message : String(error);
			warnOnce(
				context,
				`tells changes without knowing whether an execution before a restart has had them: ${cause}`,
			);
			return true;
		}
	};
}
