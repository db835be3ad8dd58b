/** What must happen at some time of the sandbox's clock. */
interface Task {
	readonly at: number;
	readonly run: () => void | Promise<void>;
}

/** A task that may be taken back. */
export interface Scheduled {
	cancel(): void;
}

/**
 * The sandbox's time in Unix seconds: the real one, plus what it was moved forward.
 *
 * Orders expire and deliveries are repeated by this clock, so that nobody has to wait for them. Without `ticking` scheduled
 * tasks run only when the clock is moved: a test sees exactly what it asked for.
 */
export class Clock {
	private movedMs = 0;
	private readonly tasks = new Set<Task>();
	private alarm: NodeJS.Timeout | undefined;
	/** When the alarm rings; infinity while none is set. */
	private alarmAt = Infinity;

	private readonly ticking: boolean;
	private readonly startsAt: number | undefined;

	/** @param startsAt Unix seconds at which the clock stands until it is moved; absent: it goes with the real time */
	constructor({ ticking, startsAt }: { ticking: boolean; startsAt: number | undefined }) {
		this.ticking = ticking;
		this.startsAt = startsAt;
	}

	/** Unix seconds, whole. */
	now(): number {
		return Math.floor(this.nowMs() / 1000);
	}

	private nowMs(): number {
		const base = this.startsAt === undefined ? Date.now() : this.startsAt * 1000;
		return base + this.movedMs;
	}

	/** Runs the task once the clock shows that time. */
	at(unixSeconds: number, run: () => void | Promise<void>): Scheduled {
		const task = { at: unixSeconds, run };
		this.tasks.add(task);
		if (task.at < this.alarmAt) this.setAlarm();
		return { cancel: () => this.tasks.delete(task) };
	}

	/** Moves the clock and runs what becomes due on the way, in order, each at its own time. */
	async advance(seconds: number): Promise<void> {
		const target = this.nowMs() + seconds * 1000;
		for (let task = this.nextUntil(target); task; task = this.nextUntil(target)) {
			this.tasks.delete(task);
			this.movedMs += Math.max(0, task.at * 1000 - this.nowMs());
			await task.run();
		}
		this.movedMs += Math.max(0, target - this.nowMs());
		this.setAlarm();
	}

	/**
	 * Sets the clock back while the work is done, and to the present afterwards: a past that was lived through.
	 */
	async relive(seconds: number, work: () => Promise<void>): Promise<void> {
		const before = this.movedMs;
		this.movedMs -= seconds * 1000;
		await work();
		await this.advance((before - this.movedMs) / 1000);
	}

	stop(): void {
		this.tasks.clear();
		clearTimeout(this.alarm);
	}

	private nextUntil(untilMs: number): Task | undefined {
		let next: Task | undefined;
		for (const task of this.tasks) {
			if (task.at * 1000 <= untilMs && (!next || task.at < next.at)) next = task;
		}
		return next;
	}

	private setAlarm(): void {
		if (!this.ticking) return;
		clearTimeout(this.alarm);
		const next = this.nextUntil(Infinity);
		this.alarmAt = next?.at ?? Infinity;
		if (!next) return;
		const LONGEST_WAIT_MS = 3_600_000;
		const waitMs = Math.min(Math.max(0, next.at * 1000 - this.nowMs()), LONGEST_WAIT_MS);
		this.alarm = setTimeout(() => void this.advance(0), waitMs).unref();
	}
}
