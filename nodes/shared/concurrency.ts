/**
 * Runs a task for each number from 0 to `count - 1`, several at once, and gives the results in order.
 *
 * When a task throws, no new one is started, those under way are awaited, so that nothing is left running, and the
 * exception of the lowest number is thrown.
 *
 * @param width how many run at once; asked again whenever one has ended. 1 means strictly one after another
 */
export async function mapConcurrently<T>(
	count: number,
	width: number | (() => number),
	task: (index: number) => Promise<T>,
): Promise<T[]> {
	const widthNow = typeof width === 'number' ? () => width : width;
	const results = new Array<T>(count);
	const thrown = new Map<number, unknown>();
	let next = 0;
	let running = 0;
	const work = async (index: number) => {
		running += 1;
		await task(index).then(
			(result) => (results[index] = result),
			(error: unknown) => thrown.set(index, error),
		);
		running -= 1;
	};
	await new Promise<void>((resolve) => {
		const begin = () => {
			while (next < count && running < widthNow() && thrown.size === 0) {
				void work(next).then(begin);
				next += 1;
			}
			if (running === 0) resolve();
		};
		begin();
	});
	if (thrown.size > 0) throw thrown.get(Math.min(...thrown.keys()));
	return results;
}
