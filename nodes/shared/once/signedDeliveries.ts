import { createHash } from 'crypto';

import type { Nonces } from '../signature/verifySignature';
import { Attempt } from './attempt';
import { UsedOnce } from './usedOnce';

type Known = { readonly body: string; readonly attempt: Attempt };

/**
 * The signed deliveries that have come, by their nonces, and what became of each: the very same one comes again when the
 * sender has not heard our answer.
 */
export class SignedDeliveries {
	private readonly used: UsedOnce<Known>;

	/**
	 * @param now Unix milliseconds
	 * @param capacity most deliveries held at once
	 */
	constructor(
		private readonly now: () => number,
		capacity?: number,
	) {
		this.used = new UsedOnce(now, capacity);
	}

	/** How many are remembered. */
	get size(): number {
		return this.used.size;
	}

	/**
	 * The nonces as one delivery sees them.
	 *
	 * @param leaseMs how long it may go without an end before a copy takes its place
	 * @param place where it has come, if these are the deliveries to several places: what one has taken another has not
	 */
	receive(body: Buffer, leaseMs: number, place = ''): DeliveryNonces {
		return new DeliveryNonces(this.used, digest(place, body), this.now, leaseMs);
	}
}

/** The nonces as one delivery sees them; and of the very same one, if it was here before, what became of it. */
export class DeliveryNonces implements Nonces {
	/** Set where its nonce is used and the body is the same: what came before. */
	earlier: Attempt | undefined;
	private readonly own: Known;

	constructor(
		private readonly used: UsedOnce<Known>,
		body: string,
		private readonly now: () => number,
		leaseMs: number,
	) {
		this.own = { body, attempt: new Attempt(now() + leaseMs) };
	}

	claim(nonceKey: string): 'first' | 'used' | 'full' {
		const outcome = this.used.claim(nonceKey, this.own);
		const known = this.used.noteOf(nonceKey);
		if (outcome !== 'used' || known?.body !== this.own.body) return outcome;
		const { attempt } = known;
		if (attempt.wasTaken === true || attempt.isUnderWay(this.now())) {
			this.earlier = attempt;
			return outcome;
		}
		// n8n never answered it: this one takes its place.
		this.used.release(nonceKey);
		return this.used.claim(nonceKey, this.own);
	}

	/** Only its own: what has taken the place of a lost one keeps it. */
	release(nonceKey: string): void {
		if (this.used.noteOf(nonceKey) === this.own) this.used.release(nonceKey);
		this.own.attempt.end(false);
	}

	/** n8n has taken it. */
	confirm(): void {
		this.own.attempt.end(true);
	}
}

function digest(place: string, body: Buffer): string {
	return createHash('sha256').update(`${place}\n`).update(body).digest('base64');
}
