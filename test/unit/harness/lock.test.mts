import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { releaseLock, takeLock, withLock } from '../../n8n/lock.mts';

describe('the lock between installations', () => {
	let folder: string;
	let path: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'lock-'));
		path = join(folder, 'lock');
	});

	afterEach(async () => await rm(folder, { recursive: true }));

	const deadProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

	it('is taken by exactly one of many, and names its holder to the others', async () => {
		const answers = await Promise.all(Array.from({ length: 20 }, () => takeLock(path)));
		expect(answers.filter((holder) => holder === undefined)).toHaveLength(1);
		expect(answers.filter((holder) => holder === process.pid)).toHaveLength(19);
	});

	it('is free again after its release, and leaves no file', async () => {
		expect(await takeLock(path)).toBeUndefined();
		await releaseLock(path);
		expect(await readdir(folder)).toEqual([]);
		expect(await takeLock(path)).toBeUndefined();
	});

	it('of a process that died is taken over by exactly one', async () => {
		await writeFile(path, String(deadProcess()));
		const answers = await Promise.all(Array.from({ length: 20 }, () => takeLock(path)));
		expect(answers.filter((holder) => holder === undefined)).toHaveLength(1);
		expect(await readFile(path, 'utf8')).toBe(String(process.pid));
		expect(await readdir(folder)).toEqual(['lock']);
	});

	it('lets pieces of work run one after the other, and is released when one throws', async () => {
		let running = 0;
		const work = async () => {
			running += 1;
			expect(running).toBe(1);
			await readdir(folder);
			running -= 1;
			throw new Error('after the work');
		};
		const ends = await Promise.allSettled(
			Array.from({ length: 5 }, () => withLock(path, work, () => {})),
		);
		const reasons = ends.map((end) => end.status === 'rejected' && String(end.reason));
		expect(reasons).toEqual(Array(5).fill('Error: after the work'));
		expect(await readdir(folder)).toEqual([]);
	});
});
