/**
 * Runs a task for each number from 0 to `count - 1`, several at once, and gives the results in order.
 *
 * When a task throws, no new one is started, those under way are awaited, so that nothing is left running, and the
 * exception of the lowest number is thrown.
 *
 * @param width how many run at once; 1 means strictly one after another
 */
export async function mapConcurrently<T>(
	count: number,
	width: number,
	task: (index: number) => Promise<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const thrown = new Map<number, unknown>();
	let next = 0;
	const work = async () => {
		while (next < count && thrown.size === 0) {
			const index = next;
			next += 1;
			await task(index).then(
				(result) => (results[index] = result),
				(error: unknown) => thrown.set(index, error),
			);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, work));
	if (thrown.size > 0) throw thrown.get(Math.min(...thrown.keys()));
	return results;
}
