/** What a list costs in memory while it is read, and what its items keep. Bytes. */
export interface Memory {
	elements: number;
	/** Held by the items that came out. */
	output: number;
	/** Most that was held at once meanwhile, garbage not counted. */
	peak: number;
}

const LOOK_EVERY_MS = 20;

/** The heap after all garbage is gone. Needs `node --expose-gc`. */
function heap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}

export async function memoryOf(elements: number, read: () => Promise<unknown[]>): Promise<Memory> {
	const before = heap();
	let peak = before;
	const watch = setInterval(() => {
		peak = Math.max(peak, heap());
	}, LOOK_EVERY_MS);
	const items = await read();
	clearInterval(watch);
	const after = heap();
	// Used after the measurement, so that the items are still there while it is taken.
	if (items.length !== elements) throw new Error(`Get Many gave ${items.length} items`);
	return { elements, output: after - before, peak: Math.max(peak, after) - before };
}
