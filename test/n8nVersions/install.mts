import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runNpm, sayOnStderr, type Say } from '../n8n/commands.mts';
import { withLock } from '../n8n/lock.mts';
import { folderOf, root, versions } from './folders.cjs';

/**
 * Installs each n8n-core of the list, without building anything, into a folder of its own below `.cache`.
 *
 * An installation that is complete is left alone. Only the two packages themselves are pinned: a lock file for each would
 * be larger than all our tests.
 *
 * @throws Error with the end of npm's output when an installation fails
 */
export async function ensureEngines(say: Say = sayOnStderr): Promise<void> {
	for (const [core, workflow] of Object.entries(versions)) {
		const folder = folderOf(core);
		if (folder === root || isComplete(folder, core, workflow)) continue;
		await withLock(
			`${folder}.lock`,
			async () => {
				if (!isComplete(folder, core, workflow)) await install(folder, core, workflow, say);
			},
			(owner) => say(`Process ${owner} is installing n8n-core ${core}; waiting for it.`),
		);
	}
}

async function install(folder: string, core: string, workflow: string, say: Say): Promise<void> {
	say(`Installing n8n-core ${core} into .cache, once: 200 to 450 MB on disk, half a minute.`);
	// npm takes a package whose package.json is there for complete, so half a package would stay.
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const dependencies = { 'n8n-core': core, 'n8n-workflow': workflow };
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	await runNpm(process.execPath, ['install', '--ignore-scripts', '--legacy-peer-deps'], {
		cwd: folder,
		logFile: join(folder, 'install.log'),
		heartbeat: { say, label: 'installing' },
	});
	await writeFile(markerOf(folder), markOf(core, workflow));
}

function isComplete(folder: string, core: string, workflow: string): boolean {
	const marker = markerOf(folder);
	return existsSync(marker) && readFileSync(marker, 'utf8') === markOf(core, workflow);
}

function markerOf(folder: string): string {
	return join(folder, 'complete');
}

function markOf(core: string, workflow: string): string {
	return `${core} ${workflow}`;
}
