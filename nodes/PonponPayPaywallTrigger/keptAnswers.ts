import type { RecordedAnswer } from '../shared/n8n/recordAnswer';

/** A longer answer is not kept; in bytes. */
export const LONGEST_KEPT = 256 * 1024;

type Kept = { readonly answer: RecordedAnswer; readonly until: number };

/**
 * The answers to paid calls, for buyers who did not get theirs. Bounded in number, in bytes and in time: the oldest goes first.
 */
export class KeptAnswers {
	private readonly answers = new Map<string, Kept>();
	private bytes = 0;

	/**
	 * @param now Unix milliseconds
	 * @param mostBytes of all answers together
	 */
	constructor(
		private readonly now: () => number,
		private readonly capacity: number,
		private readonly mostBytes = 32 * 1024 * 1024,
	) {}

	/** How many are kept. */
	get size(): number {
		return this.answers.size;
	}

	/** @param forMs how long it is worth keeping */
	keep(key: string, answer: RecordedAnswer, forMs: number): void {
		this.forget(key);
		if (forMs <= 0 || answer.body.length > LONGEST_KEPT) return;
		this.answers.set(key, { answer, until: this.now() + forMs });
		this.bytes += answer.body.length;
		for (const oldest of this.answers.keys()) {
			if (this.answers.size <= this.capacity && this.bytes <= this.mostBytes) return;
			this.forget(oldest);
		}
	}

	get(key: string): RecordedAnswer | undefined {
		const kept = this.answers.get(key);
		if (kept === undefined || kept.until > this.now()) return kept?.answer;
		this.forget(key);
		return undefined;
	}

	private forget(key: string): void {
		const kept = this.answers.get(key);
		if (kept === undefined) return;
		this.answers.delete(key);
		this.bytes -= kept.answer.body.length;
	}
}
