import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { until } from './until.mts';

const PATIENCE_SECONDS = 30 * 60;

/**
 * Runs the work while no other process runs work under the same lock; waits for the other.
 * The lock of a process that died is taken over.
 *
 * @param path a file that exists while the lock is held, and holds the process id of its owner
 * @param onWait called once when somebody else holds the lock
 */
export async function withLock<T>(
	path: string,
	work: () => Promise<T>,
	onWait: (owner: number) => void,
): Promise<T> {
	let told = false;
	await until(
		`the process that holds ${path}`,
		async () => {
			const owner = await takeLock(path);
			if (owner === process.pid) return true;
			if (!told) onWait(owner);
			told = true;
			return undefined;
		},
		{ seconds: PATIENCE_SECONDS },
	);
	try {
		return await work();
	} finally {
		await releaseLock(path);
	}
}

/**
 * Tries to take the lock, without waiting.
 *
 * @returns the process id of who holds it now: our own means that it was taken
 */
export async function takeLock(path: string): Promise<number> {
	await mkdir(dirname(path), { recursive: true });
	// Linking a finished file is atomic and never shows a lock without its owner.
	const mine = `${path}.${process.pid}`;
	await writeFile(mine, String(process.pid));
	try {
		for (;;) {
			try {
				await link(mine, path);
				return process.pid;
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			}
			const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
			if (owner > 0 && isAlive(owner)) return owner;
			await removeDeadLock(path, owner);
		}
	} finally {
		await rm(mine, { force: true });
	}
}

export async function releaseLock(path: string): Promise<void> {
	await rm(path, { force: true });
}

/** Removes the lock of a dead owner, but not the one that a third process has just put in its place. */
async function removeDeadLock(path: string, deadOwner: number): Promise<void> {
	const aside = `${path}.dead.${process.pid}`;
	try {
		await rename(path, aside);
	} catch {
		return; // Somebody else was faster.
	}
	const removed = Number(await readFile(aside, 'utf8'));
	if (removed !== deadOwner) await link(aside, path).catch(() => {});
	await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
