import type { Transport } from '../../../nodes/shared/api/client';
import type { RetryEnvironment } from '../../../nodes/shared/api/retry';
import { busy, NOON, success } from './support';

/** A clock that jumps to what comes next as soon as everybody waits. */
export class VirtualClock implements RetryEnvironment {
	private time = NOON;
	private readonly appointments: Array<{ at: number; keep: () => void }> = [];

	now = () => this.time;
	random = () => 0.5;
	isCancelled = () => false;
	wait = async (milliseconds: number) => {
		const at = this.time + milliseconds;
		await new Promise<void>((keep) => this.appointments.push({ at, keep }));
	};

	/** Runs until the work has ended, well or not, and tells how many milliseconds it took. */
	async timeOf(work: Promise<unknown>): Promise<number> {
		const start = this.time;
		let isDone = false;
		const end = () => (isDone = true);
		void work.then(end, end);
		for (;;) {
			for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
			if (isDone) return this.time - start;
			const next = Math.min(...this.appointments.map(({ at }) => at));
			this.time = next;
			for (const { at, keep } of this.appointments.splice(0)) {
				if (at === next) keep();
				else this.appointments.push({ at, keep });
			}
		}
	}
}

/** How a service behaves. */
export type Habits = {
	/** Milliseconds that its work on a request takes. */
	latency: () => number;
	/** How many it serves at once; the others wait in its queue. */
	atOnce?: number;
	/** How many it takes in a second; the others get a 429 that asks to wait until the next one. */
	aSecond?: number;
};

/** A service on a virtual clock. */
export function simulatedService(clock: VirtualClock, habits: Habits) {
	const { latency, atOnce = Infinity, aSecond = Infinity } = habits;
	const queue: Array<() => void> = [];
	let serving = 0;
	let second = 0;
	let taken = 0;
	const seen = { refused: 0, mostUnderWay: 0, underWay: 0 };

	const answer = async () => {
		const now = Math.floor(clock.now() / 1000);
		if (now !== second) taken = 0;
		second = now;
		taken += 1;
		if (taken > aSecond) {
			seen.refused += 1;
			return busy('1');
		}
		if (serving < atOnce) serving += 1;
		else await new Promise<void>((resolve) => queue.push(resolve));
		await clock.wait(latency());
		const next = queue.shift();
		if (next) next();
		else serving -= 1;
		return success({ mch_id: 'M1' });
	};
	const transport: Transport = async () => {
		seen.underWay += 1;
		seen.mostUnderWay = Math.max(seen.mostUnderWay, seen.underWay);
		return await answer().finally(() => (seen.underWay -= 1));
	};
	return { transport, seen };
}
