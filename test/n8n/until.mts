export interface Patience {
	/** After this many seconds the wait ends with an exception. Default 60. */
	seconds?: number;
	/** Milliseconds between two looks. Default 100. */
	everyMs?: number;
}

/**
 * Looks again and again until there is something to see.
 *
 * @param what completes the sentence "Waited in vain for …"
 * @param look returns undefined for "not yet"
 * @throws Error after the deadline, or at once when `look` throws
 */
export async function until<T>(
	what: string,
	look: () => Promise<T | undefined> | T | undefined,
	{ seconds = 60, everyMs = 100 }: Patience = {},
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}
