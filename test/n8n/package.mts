import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
	cp,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rename,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

import { runCommand, runNpm, sayOnStderr, type Say } from './commands.mts';
import { cachePath, PACKAGE_NAME, repositoryRoot } from './repository.mts';

/** The folders at the root that are made, not written. Hidden ones hold nothing that is packed. */
const NOT_SOURCES = new Set(['node_modules', 'dist', 'coverage', 'test']);

/**
 * Builds and packs the package as it would be published.
 *
 * It is done in a copy below `.cache`, so that a running `npm run dev` keeps its `dist`, and kept
 * until a source changes.
 *
 * @returns the path of the tarball
 */
export async function packPackage(say: Say = sayOnStderr): Promise<string> {
	const root = repositoryRoot();
	const sources = await listSources(root);
	const home = cachePath('package', await digestOf(root, sources));
	const tarball = join(home, `${PACKAGE_NAME}.tgz`);
	if (existsSync(tarball)) return tarball;

	say('Building and packing the package …');
	await mkdir(home, { recursive: true });
	const stage = await mkdtemp(join(home, 'stage-'));
	try {
		for (const file of sources) await cp(join(root, file), join(stage, file));
		await symlink(join(root, 'node_modules'), join(stage, 'node_modules'));
		const npm = (args: string[], log: string) =>
			runNpm(process.execPath, args, { cwd: stage, logFile: join(home, log) });
		await npm(['run', 'build'], 'build.log');
		await npm(['pack'], 'pack.log');
		const packed = (await readdir(stage)).find((name) => name.endsWith('.tgz'));
		if (packed === undefined) throw new Error(`npm pack left no tarball in ${stage}.`);
		// The tarball gets its name last: a build that was interrupted is not taken for a good one.
		await rename(join(stage, packed), tarball);
	} finally {
		await rm(stage, { recursive: true, force: true });
	}
	return tarball;
}

/** The files of a tarball, as paths below its `package/`. */
export async function listTarball(tarball: string): Promise<string[]> {
	const logFile = `${tarball}.list`;
	await runCommand('tar', ['-tzf', tarball], { cwd: repositoryRoot(), logFile });
	const entries = (await readFile(logFile, 'utf8')).split('\n');
	return entries
		.filter((entry) => entry !== '' && !entry.endsWith('/'))
		.map((entry) => entry.replace(/^package\//, ''))
		.sort();
}

/**
 * Installs the tarball into an n8n's user folder, as n8n installs a community package; n8n finds it
 * at its next start. Nothing is done where this very tarball is installed already.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', PACKAGE_NAME);
	const marker = join(nodes, `${PACKAGE_NAME}.installed`);
	if (existsSync(marker) && (await readFile(marker, 'utf8')) === tarball) return;

	await rm(marker, { force: true });
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	const log = (name: string) => ({ cwd: target, logFile: join(nodes, name) });
	await runCommand('tar', ['-xzf', tarball, '--strip-components=1', '-C', target], log('tar.log'));

	const manifestPath = join(target, 'package.json');
	const {
		devDependencies: _dev,
		peerDependencies: _peer,
		optionalDependencies: _optional,
		...manifest
	} = JSON.parse(await readFile(manifestPath, 'utf8')) as Record<string, unknown>;
	await writeFile(manifestPath, JSON.stringify(manifest, null, 2));
	const asN8nDoes = [
		'--bin-links=false',
		'--install-strategy=shallow',
		'--ignore-scripts=true',
		'--package-lock=false',
	];
	await runNpm(process.execPath, ['install', ...asN8nDoes], log('install.log'));

	const list = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [PACKAGE_NAME]: manifest.version },
	};
	await writeFile(join(nodes, 'package.json'), JSON.stringify(list, null, 2));
	await writeFile(marker, tarball);
}

/** Every file that can change what is packed, as paths below the root, in a fixed order. */
async function listSources(root: string): Promise<string[]> {
	const top = await readdir(root, { withFileTypes: true });
	const found: string[] = [];
	for (const entry of top) {
		if (NOT_SOURCES.has(entry.name) || entry.name.startsWith('.')) continue;
		if (entry.isFile()) found.push(entry.name);
		if (!entry.isDirectory()) continue;
		for (const path of await readdir(join(root, entry.name), { recursive: true })) {
			const file = join(entry.name, path);
			if ((await stat(join(root, file))).isFile()) found.push(file);
		}
	}
	return found.filter((path) => !/\.(tgz|log)$/.test(path)).sort();
}

async function digestOf(root: string, files: string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const file of files) {
		hash.update(`${file}\0`).update(await readFile(join(root, file)));
	}
	return hash.digest('hex').slice(0, 16);
}
