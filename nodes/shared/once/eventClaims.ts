import { sleep } from 'n8n-workflow';

import type { EventIdentity } from '../model/eventIdentity';
import type { Claims } from '../n8n/claimStore';
import { COPY_WAITS_MS } from './waitForEnd';
import { Lease, LONGEST_LEASE_MS, WINDOW_MS } from './lease';

/** How often an event that another process works on is looked at, in milliseconds. */
const LOOK_EVERY_MS = 500;

/** How often it is tried to record the end of an event while the database is away, in milliseconds. */
const RECORD_EVERY_MS = 1000;

/** What becomes of an event: it is begun here, was done before, or another execution works on it for longer than is waited. */
export type Begun = 'new' | 'known' | 'underWay';

/**
 * One event, as all processes of n8n know it: whoever claims it first has it.
 *
 * An event is recognised by several keys. The last one that it is both recognised and remembered by decides who of two at the
 * same time is the first; the others tell those who come later.
 *
 * Two that name the event differently, as one with both IDs of an order and one with the merchant's own ID alone, decide by
 * different keys. So the one that says more waits for the one that says less, and never the other way round.
 */
export class EventClaims {
	private readonly deciding: string;
	private readonly telling: readonly string[];
	private readonly remembered: readonly string[];
	/** By what one decides that says less about the event; none where this one says as little. */
	private readonly shorter: readonly string[];

	/**
	 * @param owner the execution: the same one, tried again, may have the event again
	 * @param now Unix milliseconds
	 * @param nap ends after so many milliseconds
	 * @param windowMs how long, once or twice, an event is another's whose process was killed
	 */
	constructor(
		private readonly store: Claims,
		{ seenAs, rememberAs }: Pick<EventIdentity, 'seenAs' | 'rememberAs'>,
		private readonly owner: string,
		private readonly now: () => number,
		private readonly nap: (milliseconds: number) => Promise<void> = sleep,
		private readonly windowMs = WINDOW_MS,
	) {
		this.deciding = seenAs.filter((key) => rememberAs.includes(key)).at(-1) ?? rememberAs[0];
		this.telling = seenAs.filter((key) => key !== this.deciding);
		this.remembered = rememberAs.filter((key) => key !== this.deciding);
		const saysMore = seenAs.some((key) => !rememberAs.includes(key));
		this.shorter = saysMore ? rememberAs.filter((key) => !seenAs.includes(key)) : [];
	}

	/**
	 * Claims it for good.
	 *
	 * @throws whatever n8n says when its database cannot be asked
	 */
	async claim(): Promise<Begun> {
		if (await this.isTold()) return 'known';
		if ((await this.store.claim(this.deciding, this.owner)) === 'taken') return 'known';
		const taken = await this.remember();
		if (!this.shorter.some((key) => taken.includes(key))) return 'new';
		// Another order that had the number before; or this very event, told shorter in this moment and about to say so.
		await this.nap(LOOK_EVERY_MS);
		return (await this.isTold()) ? 'known' : 'new';
	}

	/**
	 * Claims it until it is known how it ends, which must be told to what is returned. Waits a while for another that works on it.
	 *
	 * @throws whatever n8n says when its database cannot be asked
	 */
	async begin(): Promise<Exclude<Begun, 'new'> | { end(isDone: boolean): Promise<void> }> {
		for (let waited = 0; ; waited += LOOK_EVERY_MS) {
			if (await this.isKnown()) return 'known';
			const leases = await this.takeLeases();
			if (leases !== undefined) {
				// The one before may have ended since it was looked at.
				if (!(await this.isKnown())) {
					return { end: async (isDone) => await this.end(leases, isDone) };
				}
				await release(leases);
				return 'known';
			}
			if (waited >= COPY_WAITS_MS) return 'underWay';
			await this.nap(LOOK_EVERY_MS);
		}
	}

	/** Its own first, so that of many that say the same one takes all. */
	private async takeLeases(): Promise<Lease[] | undefined> {
		const { store, owner, now, nap, windowMs } = this;
		const taken: Lease[] = [];
		for (const key of [this.deciding, ...this.shorter]) {
			const lease = new Lease(store, key, owner, now, nap, windowMs);
			if (await lease.take()) {
				taken.push(lease);
				continue;
			}
			await release(taken);
			return undefined;
		}
		return taken;
	}

	private async end(leases: readonly Lease[], isDone: boolean): Promise<void> {
		const recording = this.record(leases, isDone);
		// The leases are renewed meanwhile: what was done must not be begun again.
		recording.catch(() => void this.recordLater(leases, isDone));
		await recording;
	}

	private async recordLater(leases: readonly Lease[], isDone: boolean): Promise<void> {
		const until = this.now() + LONGEST_LEASE_MS;
		while (this.now() < until) {
			await this.nap(RECORD_EVERY_MS);
			const recorded = this.record(leases, isDone).then(
				() => true,
				() => false,
			);
			if (await recorded) return;
		}
	}

	private async record(leases: readonly Lease[], isDone: boolean): Promise<void> {
		if (isDone) {
			await this.store.claim(this.deciding, this.owner);
			await this.remember();
		}
		await release(leases);
	}

	private async isKnown(): Promise<boolean> {
		return (await this.isTold()) || (await this.isOthers(this.deciding));
	}

	private async isTold(): Promise<boolean> {
		const told = this.telling.map(async (key) => await this.isOthers(key));
		return (await Promise.all(told)).includes(true);
	}

	/** What this very execution has claimed, before it was tried again, is no other event. */
	private async isOthers(key: string): Promise<boolean> {
		return (
			(await this.store.isClaimed(key)) && (await this.store.claim(key, this.owner)) === 'taken'
		);
	}

	/** @returns what of it is another's */
	private async remember(): Promise<string[]> {
		const claims = this.remembered.map(async (key) => await this.store.claim(key, this.owner));
		const outcomes = await Promise.all(claims);
		return this.remembered.filter((_, index) => outcomes[index] === 'taken');
	}
}

async function release(leases: readonly Lease[]): Promise<void> {
	for (const lease of leases) await lease.release();
}
