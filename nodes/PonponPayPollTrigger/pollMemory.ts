import { randomUUID } from 'crypto';
import type { IPollFunctions } from 'n8n-workflow';

import { isWireObject } from '../shared/model/wire';
import { nodeStaticData } from '../shared/n8n/staticData';
import { ownerOf } from '../shared/once/owner';
import { readWatch, type OrderWatch, type Seen } from './orderWatch';

/** Tells this n8n process from the ones before and after it. */
const PROCESS = randomUUID();

/** What a poll leaves for the next one, maybe in another process. */
export type PollMemory = {
	watch: OrderWatch;
	/** The orders of the last changes that were emitted, as they were seen before. */
	emitted: Readonly<Record<string, Seen>>;
	/** Whether another process has written this, so that n8n may have stopped before it took those changes. */
	isFromBefore: boolean;
};

/**
 * What the last poll left.
 *
 * Static data travels with an exported workflow, and a credential can be changed: what another node has seen, or what was
 * seen of another account, is not ours.
 *
 * @param account whose orders are polled; where that is not told, it is taken for the same
 */
export function recall(
	context: IPollFunctions,
	account: string | undefined,
): PollMemory | undefined {
	const stored = parse(nodeStaticData(context).poll);
	const watch = readWatch(stored?.watch);
	if (watch === undefined || stored?.owner !== ownerOf(context)) return undefined;
	const isOther = account !== undefined && (stored.account ?? account) !== account;
	if (isOther) return undefined;
	return { watch, emitted: stored.emitted ?? {}, isFromBefore: stored.process !== PROCESS };
}

/** Imported workflows may bring anything along. */
function parse(text: unknown): Partial<Stored> | undefined {
	try {
		const stored: unknown = JSON.parse(String(text));
		return isWireObject(stored) ? stored : undefined;
	} catch {
		return undefined;
	}
}

/** n8n saves it with the next execution it starts, and after publishing; until then it lives in this process. */
export function remember(
	context: IPollFunctions,
	account: string | undefined,
	{ watch, emitted }: Pick<PollMemory, 'watch' | 'emitted'>,
): void {
	const known = account ?? parse(nodeStaticData(context).poll)?.account;
	const owner = ownerOf(context);
	const stored: Stored = { owner, account: known, process: PROCESS, watch, emitted };
	// One text: n8n would wrap each of thousands of members, at every request to a webhook of this workflow.
	nodeStaticData(context).poll = JSON.stringify(stored);
}

type Stored = Pick<PollMemory, 'watch' | 'emitted'> & {
	owner: string;
	account?: string;
	process: string;
};
