/**
 * The door to every script under test/: makes sure that the development dependencies are installed,
 * then runs a TypeScript entry. Plain JavaScript without dependencies, because on a fresh clone
 * there is nothing else yet.
 *
 *     node test/bootstrap.mjs <entry.mts> [arguments …]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
/** npm writes this file last, so it exists only after a complete installation. */
const installed = join(modules, '.package-lock.json');

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

/** @param {string} line */
function giveUp(line) {
	say(line);
	process.exit(1);
}

function isUpToDate() {
	return (
		existsSync(installed) &&
		statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
	);
}

function install() {
	say('Installing the development dependencies: about 1 GB on disk, 1 to 3 minutes.');
	if (existsSync(modules) && !existsSync(installed)) {
		// npm takes a package whose package.json is there for complete, so half a package would stay.
		say('An earlier installation was interrupted; starting it afresh.');
		rmSync(modules, { recursive: true, force: true });
	}
	// Not `npm ci`: it demands the optional binaries of every platform, which some registries lack.
	const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	if (status !== 0) giveUp('npm install did not finish; its messages stand above.');
	const now = new Date();
	utimesSync(installed, now, now);
}

/**
 * Runs the entry in the foreground and ends as it ends.
 *
 * @param {string} entry
 * @param {string[]} args
 */
function run(entry, args) {
	const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		// The child decides when to end (it has servers to stop); we end after it.
		process.on(signal, () => child.kill(signal));
	}
	child.on('error', (error) => giveUp(`${entry} could not be started: ${error.message}`));
	child.on('exit', (code, signal) => {
		process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
	});
}

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) giveUp('Usage: node test/bootstrap.mjs <entry.mts> [arguments …]');
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
	giveUp(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}.`);
}
if (!isUpToDate()) install();
run(entry, args);
