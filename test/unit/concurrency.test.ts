import { mapConcurrently } from '../../nodes/shared/concurrency';

/** Tasks that end when the test says so. */
function tasks() {
	const running = new Map<number, { end(result: string): void; fail(reason: unknown): void }>();
	const started: number[] = [];
	return {
		running,
		started,
		run: async (index: number) =>
			await new Promise<string>((resolve, reject) => {
				started.push(index);
				running.set(index, {
					end(result) {
						running.delete(index);
						resolve(result);
					},
					fail(reason) {
						running.delete(index);
						reject(reason);
					},
				});
			}),
	};
}

async function settle() {
	for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('tasks in order', () => {
	it('give their results in order, whichever ends first', async () => {
		const { run, running } = tasks();
		const results = mapConcurrently(3, 3, run);
		for (const index of [2, 0, 1]) running.get(index)?.end(`result ${index}`);
		expect(await results).toEqual(['result 0', 'result 1', 'result 2']);
	});

	it('run so many at once, and the next as soon as one has ended', async () => {
		const { run, running, started } = tasks();
		const results = mapConcurrently(5, 2, run);
		expect(started).toEqual([0, 1]);
		running.get(1)?.end('b');
		await settle();
		expect(started).toEqual([0, 1, 2]);
		while (running.size > 0) {
			expect(running.size).toBeLessThanOrEqual(2);
			for (const task of [...running.values()]) task.end('x');
			await settle();
		}
		expect(await results).toEqual(['x', 'b', 'x', 'x', 'x']);
	});

	it('run as many at once as the width allows at the time, asked again when one has ended', async () => {
		const { run, running, started } = tasks();
		let width = 2;
		const results = mapConcurrently(7, () => width, run);
		expect(started).toEqual([0, 1]);
		width = 4;
		running.get(0)?.end('x');
		await settle();
		expect(started).toEqual([0, 1, 2, 3, 4]);
		width = 1;
		for (const index of [1, 2, 3]) running.get(index)?.end('x');
		await settle();
		expect(started).toEqual([0, 1, 2, 3, 4]);
		for (const index of [4, 5, 6]) {
			running.get(index)?.end('x');
			await settle();
		}
		expect(await results).toHaveLength(7);
	});

	it('run strictly one after another with a width of 1', async () => {
		const order: string[] = [];
		await mapConcurrently(3, 1, async (index) => {
			order.push(`start ${index}`);
			await settle();
			order.push(`end ${index}`);
		});
		expect(order).toEqual(['start 0', 'end 0', 'start 1', 'end 1', 'start 2', 'end 2']);
	});

	it('need none', async () => {
		expect(await mapConcurrently(0, 5, async () => 'x')).toEqual([]);
	});

	it('start no more when one throws, finish what is under way, and throw the first', async () => {
		const { run, running, started } = tasks();
		let isOver = false;
		const results = mapConcurrently(10, 3, run).finally(() => {
			isOver = true;
		});
		const refused = expect(results).rejects.toBe('first');
		running.get(2)?.fail('third');
		await settle();
		expect(isOver).toBe(false);
		running.get(0)?.fail('first');
		await settle();
		expect(isOver).toBe(false);
		running.get(1)?.end('second');
		await refused;
		expect(started).toEqual([0, 1, 2]);
	});

	it('keep what was thrown, even when it is nothing', async () => {
		await expect(
			mapConcurrently(1, 1, async () => await Promise.reject(undefined)),
		).rejects.toBeUndefined();
	});
});
