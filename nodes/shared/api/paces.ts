import { LruMap } from '../lruMap';
import { processMemory } from '../once/processMemory';
import { Pace } from './pace';

/** What a service has shown counts so long after the node was last run, in milliseconds. */
const REMEMBER_MS = 600_000;

type Learnt = { pace: Pace; usedAt: number };

const learnt = processMemory('paces of nodes', (capacity) => new LruMap<Learnt>(capacity));

/**
 * The pace of a node, as its last executions in this n8n process have left it, so that a short one need not find out anew.
 *
 * Of a node and not of an account: another node does something else, which takes PonponPay another time.
 *
 * @param owner the node, and whom it asks
 * @param now Unix milliseconds
 */
export function paceOf(owner: string, now: number): Pace {
	const known = learnt.get(owner);
	const isFresh = known !== undefined && now - known.usedAt < REMEMBER_MS;
	const pace = isFresh && known.pace.isWorthKeeping ? known.pace : new Pace();
	learnt.set(owner, { pace, usedAt: now });
	return pace;
}
