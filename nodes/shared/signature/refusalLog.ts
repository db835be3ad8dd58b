/** One line for a cause in this time, in milliseconds: a flood of forgeries must not flood the log. */
export const PAUSE_MS = 60_000;

/** Decides which refusals are worth a line. Causes are few, because nothing the sender wrote is part of them. */
export class RefusalLog {
	private readonly lines = new Map<string, { at: number; untold: number }>();

	/** @param now Unix milliseconds */
	constructor(private readonly now: () => number) {}

	/** @returns how many of this cause went untold since the last line, or `undefined` if this one is to go untold too */
	note(cause: string): number | undefined {
		const last = this.lines.get(cause);
		if (last && this.now() - last.at < PAUSE_MS) {
			last.untold += 1;
			return undefined;
		}
		this.lines.set(cause, { at: this.now(), untold: 0 });
		return last?.untold ?? 0;
	}
}
