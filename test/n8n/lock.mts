import { randomUUID } from 'node:crypto';
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
	onWait: (holder: number) => void,
): Promise<T> {
	let told = false;
	await until(
		`the process that holds ${path}`,
		async () => {
			const holder = await takeLock(path);
			if (holder === undefined) return true;
			if (!told) onWait(holder);
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
 * @returns undefined when it was taken, else the process id of who holds it (0: it is changing hands)
 */
export async function takeLock(path: string): Promise<number | undefined> {
	await mkdir(dirname(path), { recursive: true });
	// Linking a finished file is atomic and never shows a lock without its owner.
	const mine = `${path}.${randomUUID()}`;
	await writeFile(mine, String(process.pid));
	try {
		if (await linked(mine, path)) return undefined;
		const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
		const isTaken = holder > 0 && !isAlive(holder) && (await takeOver(path, mine, holder));
		return isTaken ? undefined : holder;
	} finally {
		await rm(mine, { force: true });
	}
}

export async function releaseLock(path: string): Promise<void> {
	await rm(path, { force: true });
}

/** Puts our file in the place of a dead holder's, unless somebody else is doing or has done so. */
async function takeOver(path: string, mine: string, deadHolder: number): Promise<boolean> {
	const claim = `${path}.takeover`;
	if (!(await linked(mine, claim))) return false;
	try {
		// Only who has the claim replaces a dead lock: what we read now stays so until we have done it.
		const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
		if (holder !== deadHolder) return false;
		await rename(mine, path);
		return true;
	} finally {
		await rm(claim, { force: true });
	}
}

/** Gives the file a second name, if that is free. */
async function linked(file: string, name: string): Promise<boolean> {
	try {
		await link(file, name);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
