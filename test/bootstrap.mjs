/**
 * The door to every script under test/: makes sure that the development dependencies are installed,
 * then runs a TypeScript entry. Plain JavaScript without dependencies, because on a fresh clone
 * there is nothing else yet.
 *
 *     node test/bootstrap.mjs <entry.mts> [arguments …]
 */
import { spawn } from 'node:child_process';
import { existsSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
/** npm writes this file last, so it exists only after a complete installation. */
const installed = join(modules, '.package-lock.json');

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

function isUpToDate() {
	return (
		existsSync(installed) &&
		statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
	);
}

async function install() {
	say('Installing the development dependencies: about 1 GB on disk, 1 to 3 minutes.');
	if (existsSync(modules) && !existsSync(installed)) {
		// npm takes a package whose package.json is there for complete, so half a package would stay.
		say('An earlier installation was interrupted; starting it afresh.');
		rmSync(modules, { recursive: true, force: true });
	}
	// Not `npm ci`: it demands the optional binaries of every platform, which some registries lack.
	const code = await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	if (code !== 0) {
		say('npm install did not finish; its messages stand above.');
		process.exit(code);
	}
	const now = new Date();
	utimesSync(installed, now, now);
}

/**
 * Runs a program in the foreground. It decides when to end on a signal (it may have servers to
 * stop), and we go on after it.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code, in the shell's way: 128 + number of the signal that ended it
 */
function run(program, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
		/** @param {NodeJS.Signals} signal */
		const forward = (signal) => child.kill(signal);
		for (const signal of SIGNALS) process.on(signal, forward);
		child.on('error', reject);
		child.on('exit', (code, signal) => {
			for (const name of SIGNALS) process.off(name, forward);
			resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
		});
	});
}

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
	say('Usage: node test/bootstrap.mjs <entry.mts> [arguments …]');
	process.exit(1);
}
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
	say(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}.`);
	process.exit(1);
}
if (!isUpToDate()) await install();
process.exit(await run(process.execPath, ['--import', 'tsx', entry, ...args]));
