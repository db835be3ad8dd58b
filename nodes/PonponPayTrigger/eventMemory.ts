import { createHash } from 'crypto';

import type { EventIdentity } from '../shared/model/eventIdentity';
import { Attempt } from '../shared/once/attempt';

/** What a delivery is to do: begin, be dropped as known, or wait for another and ask again. */
export type Entry =
	| { readonly is: 'new'; readonly settle: (wasTaken: boolean) => void }
	| { readonly is: 'known' }
	| { readonly is: 'underWay'; readonly attempt: Attempt };

/**
 * Which events have started the workflow, so that each does so once.
 *
 * Exact within one process: whoever enters an event first has it, and others learn the end of it. An event counts as known
 * only after n8n has taken it; one that n8n could not take, or never answered, is as if it had never come. Bounded: the
 * oldest is forgotten.
 */
export class EventMemory {
	private readonly known = new Map<string, 'taken' | Attempt>();
	private readonly begun = new Set<Attempt>();

	/**
	 * @param now Unix milliseconds
	 * @param capacity most keys held at once, two to four for an event; about 150 bytes each
	 */
	constructor(
		private readonly now: () => number,
		private readonly capacity = 30_000,
	) {}

	/** Whether somebody has begun with an event and may still settle it. */
	get isUnderWay(): boolean {
		const now = this.now();
		return [...this.begun].some((attempt) => attempt.isUnderWay(now));
	}

	/**
	 * Immediate, without a pause between looking and taking. Who gets `new` must settle it.
	 *
	 * @param leaseMs after how many milliseconds without an end another delivery takes its place
	 */
	enter({ seenAs, rememberAs }: EventIdentity, leaseMs: number): Entry {
		const now = this.now();
		const states = seenAs.map((key) => this.known.get(digest(key)));
		const keys = rememberAs.map(digest);
		if (states.includes('taken')) {
			// Under its other names, too: the next delivery may know only those.
			for (const key of keys) this.known.set(key, 'taken');
			this.forgetOldest();
			return { is: 'known' };
		}
		const attempt = states.find((state) => state instanceof Attempt && state.isUnderWay(now));
		if (attempt instanceof Attempt) return { is: 'underWay', attempt };
		return { is: 'new', settle: this.begin(keys, new Attempt(now + leaseMs)) };
	}

	private begin(keys: readonly string[], attempt: Attempt): (wasTaken: boolean) => void {
		this.begun.add(attempt);
		for (const key of keys) {
			const state = this.known.get(key);
			// Another event with the same order and status may hold a key already: it keeps it.
			const isHeld = state === 'taken' || state?.isUnderWay(this.now());
			if (!isHeld) this.known.set(key, attempt);
		}
		return (wasTaken) => {
			if (attempt.wasTaken !== undefined) return;
			this.begun.delete(attempt);
			for (const key of keys) {
				if (wasTaken) this.known.set(key, 'taken');
				else if (this.known.get(key) === attempt) this.known.delete(key);
			}
			this.forgetOldest();
			attempt.end(wasTaken);
		};
	}

	private forgetOldest(): void {
		const now = this.now();
		for (const [key, state] of this.known) {
			if (this.known.size <= this.capacity) return;
			if (state === 'taken' || !state.isUnderWay(now)) this.known.delete(key);
		}
		for (const attempt of this.begun) if (!attempt.isUnderWay(now)) this.begun.delete(attempt);
	}
}

/** Keys hold what the sender wrote; their digests are all equally short. */
function digest(key: string): string {
	return createHash('sha256').update(key).digest('base64');
}
