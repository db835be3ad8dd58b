const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Chance that can be had again: the same seed gives the same sequence (mulberry32). */
export class Chance {
	constructor(private state: number) {}

	/** A whole number from 0 up to, not including, the bound. */
	below(bound: number): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * bound);
	}

	pick<T>(choices: readonly T[]): T {
		return choices[this.below(choices.length)];
	}

	alphanumeric(length: number): string {
		return Array.from({ length }, () => ALPHANUMERIC[this.below(62)]).join('');
	}

	/** Any characters of the first Unicode plane but surrogates. */
	text(length: number): string {
		return Array.from({ length }, () => String.fromCharCode(this.below(0xd800))).join('');
	}

	bytes(length: number): Buffer {
		return Buffer.from(Array.from({ length }, () => this.below(256)));
	}
}
