import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { repositoryRoot } from '../n8n/repository.mts';

/** A clock for n8n's processes that can be moved forward while they run. */
export class Clock {
	private minutes = 0;

	private constructor(private readonly folder: string) {}

	static async make(): Promise<Clock> {
		const clock = new Clock(await mkdtemp(join(tmpdir(), 'ponponpay-clock-')));
		await clock.forward(0);
		return clock;
	}

	/** What makes a process go by it. */
	get environment(): Record<string, string> {
		const preload = join(repositoryRoot(), 'test', 'queue', 'aheadClock.cjs');
		return {
			NODE_OPTIONS: `--require=${JSON.stringify(preload)}`,
			PONPONPAY_TEST_CLOCK: join(this.folder, 'ahead'),
		};
	}

	async forward(minutes: number): Promise<void> {
		this.minutes += minutes;
		const next = join(this.folder, 'next');
		await writeFile(next, String(this.minutes * 60_000));
		// At once: nobody reads half a number.
		await rename(next, join(this.folder, 'ahead'));
	}

	async remove(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}
}
