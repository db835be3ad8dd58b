/**
 * What one delivery has begun, and whose end its copies wait for.
 *
 * Its end is what n8n answers. One that n8n never answers is lost after a time, so that the next copy may take its place.
 */
export class Attempt {
	/** Over once it is known whether n8n has taken it. */
	readonly ended: Promise<void>;
	private resolve = () => {};
	private outcome: boolean | undefined;

	/** @param until Unix milliseconds, after which it counts as lost */
	constructor(private readonly until: number) {
		this.ended = new Promise((resolve) => (this.resolve = resolve));
	}

	/** Whether n8n has taken it; `undefined` while that is not known. */
	get wasTaken(): boolean | undefined {
		return this.outcome;
	}

	/** @param now Unix milliseconds */
	isUnderWay(now: number): boolean {
		return this.outcome === undefined && now < this.until;
	}

	/** The first end is final. */
	end(wasTaken: boolean): void {
		this.outcome ??= wasTaken;
		this.resolve();
	}
}
