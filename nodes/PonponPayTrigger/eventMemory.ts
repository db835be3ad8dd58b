import { createHash } from 'crypto';

import type { EventIdentity } from '../shared/model/eventIdentity';

/** Somebody has begun with this event; the promise ends when it is known whether n8n has taken it. */
type UnderWay = { readonly settled: Promise<void>; readonly settle: (wasTaken: boolean) => void };

/** What a delivery is to do: begin, be dropped as known, or wait and ask again. */
export type Entry =
	| { readonly is: 'new'; readonly settle: (wasTaken: boolean) => void }
	| { readonly is: 'known' }
	| { readonly is: 'underWay'; readonly settled: Promise<void> };

/**
 * Which events have started the workflow, so that each does so once.
 *
 * Exact within one process: whoever enters an event first has it, and others learn the end of it. An event counts as known
 * only after n8n has taken it; one that n8n could not take is as if it had never come. Bounded: the oldest is forgotten.
 */
export class EventMemory {
	private readonly known = new Map<string, 'taken' | UnderWay>();
	private unsettled = 0;

	/** @param capacity most keys held at once, two for an event; about 150 bytes each */
	constructor(private readonly capacity = 20_000) {}

	/** Whether somebody has begun with an event and not settled it. */
	get isUnderWay(): boolean {
		return this.unsettled > 0;
	}

	/** Immediate, without a pause between looking and taking. Who gets `new` must settle it. */
	enter({ seenAs, rememberAs }: EventIdentity): Entry {
		let underWay: UnderWay | undefined;
		for (const state of seenAs.map((key) => this.known.get(digest(key)))) {
			if (state === 'taken') return { is: 'known' };
			underWay ??= state;
		}
		if (underWay) return { is: 'underWay', settled: underWay.settled };
		const keys = rememberAs.map(digest);
		const begun = begin((wasTaken) => this.conclude(keys, begun, wasTaken));
		this.unsettled += 1;
		// Another event with the same order and status may hold a key already: it keeps it.
		for (const key of keys) if (!this.known.has(key)) this.known.set(key, begun);
		return { is: 'new', settle: begun.settle };
	}

	private conclude(keys: readonly string[], begun: UnderWay, wasTaken: boolean): void {
		this.unsettled -= 1;
		for (const key of keys) {
			if (wasTaken) this.known.set(key, 'taken');
			else if (this.known.get(key) === begun) this.known.delete(key);
		}
		this.forgetOldest();
	}

	private forgetOldest(): void {
		for (const [key, state] of this.known) {
			if (this.known.size <= this.capacity) return;
			if (state === 'taken') this.known.delete(key);
		}
	}
}

function begin(conclude: (wasTaken: boolean) => void): UnderWay {
	let end = () => {};
	let isSettled = false;
	const settled = new Promise<void>((resolve) => (end = resolve));
	return {
		settled,
		settle: (wasTaken) => {
			if (isSettled) return;
			isSettled = true;
			conclude(wasTaken);
			end();
		},
	};
}

/** Keys hold what the sender wrote; their digests are all equally short. */
function digest(key: string): string {
	return createHash('sha256').update(key).digest('base64');
}
