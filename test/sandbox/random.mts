import { createHash, randomBytes } from 'node:crypto';

/**
 * A stream of bytes that looks random and is the same again for the same seed.
 *
 * Not for secrets of the real world: this is a sandbox.
 */
export class Random {
	private counter = 0;
	private pool = Buffer.alloc(0);

	constructor(private readonly seed: string = randomBytes(16).toString('hex')) {}

	bytes(length: number): Buffer {
		while (this.pool.length < length) {
			const block = createHash('sha256').update(`${this.seed}:${this.counter}`).digest();
			this.counter += 1;
			this.pool = Buffer.concat([this.pool, block]);
		}
		const taken = Buffer.from(this.pool.subarray(0, length));
		this.pool = this.pool.subarray(length);
		return taken;
	}

	hex(characters: number): string {
		return this.bytes(Math.ceil(characters / 2))
			.toString('hex')
			.slice(0, characters);
	}

	/** From 0 up to, but not including, 1. */
	fraction(): number {
		return this.bytes(4).readUInt32BE() / 2 ** 32;
	}

	/** A whole number from 0 up to, but not including, the limit. */
	below(limit: number): number {
		return Math.floor(this.fraction() * limit);
	}

	pick<T>(choices: readonly T[]): T {
		const choice = choices[this.below(choices.length)];
		if (choice === undefined) throw new RangeError('Nothing to pick from');
		return choice;
	}
}
