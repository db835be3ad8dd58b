/** How a simulated service behaves, as the first part of a path says it: `50`, `100x20` or `50r50`. */
export interface Habits {
	/** Milliseconds that an answer takes. */
	delay: number;
	/** How many it serves at once; the others wait in its queue. */
	atOnce?: number;
	/** How many it takes in a second; the others get a 429 that asks to wait until the next one. */
	aSecond?: number;
}

/** What a service has seen since it was last asked. */
export interface Seen {
	/** How many were under way when each request came. */
	underWay: number[];
	refused: number;
}

export function pathOf({ delay, atOnce, aSecond }: Habits): string {
	return `${delay}${atOnce === undefined ? '' : `x${atOnce}`}${aSecond === undefined ? '' : `r${aSecond}`}`;
}

function habitsOf(path: string): Habits {
	const [, delay, atOnce, aSecond] = /^(\d+)(?:x(\d+))?(?:r(\d+))?/.exec(path) ?? [];
	return {
		delay: Number(delay ?? 0),
		...(atOnce !== undefined && { atOnce: Number(atOnce) }),
		...(aSecond !== undefined && { aSecond: Number(aSecond) }),
	};
}

/** A service that takes its time, has so much room, and refuses what is too much. */
export class SimulatedService {
	private readonly habits: Habits;
	private readonly queue: Array<() => void> = [];
	private serving = 0;
	private underWay = 0;
	private second = 0;
	private taken = 0;
	private seen: Seen = { underWay: [], refused: 0 };

	constructor(path: string) {
		this.habits = habitsOf(path);
	}

	/** What was seen, which is then forgotten. */
	report(): Seen {
		const { seen } = this;
		this.seen = { underWay: [], refused: 0 };
		return seen;
	}

	/** @returns whether the request is to be answered, after the time that takes; else it is to be refused at once */
	async serve(): Promise<boolean> {
		if (!this.isTaken()) return false;
		this.underWay += 1;
		this.seen.underWay.push(this.underWay);
		if (this.serving < (this.habits.atOnce ?? Infinity)) this.serving += 1;
		else await new Promise<void>((resolve) => this.queue.push(resolve));
		const { delay } = this.habits;
		if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
		const next = this.queue.shift();
		if (next) next();
		else this.serving -= 1;
		this.underWay -= 1;
		return true;
	}

	private isTaken(): boolean {
		const second = Math.floor(Date.now() / 1000);
		if (second !== this.second) this.taken = 0;
		this.second = second;
		this.taken += 1;
		const isTaken = this.taken <= (this.habits.aSecond ?? Infinity);
		if (!isTaken) this.seen.refused += 1;
		return isTaken;
	}
}
