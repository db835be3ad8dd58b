import { spawn, type SpawnOptions } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';

import { repositoryRoot } from './repository.mts';

/** Says one line of progress to the person who waits. */
export type Say = (line: string) => void;

export const sayOnStderr: Say = (line) => process.stderr.write(`${line}\n`);

const HEARTBEAT_MS = 20_000;
const LINES_SHOWN = 25;

/**
 * How to spawn a program that must not outlive this process, however that ends; an npm left alone
 * would go on writing where its successor already works. The program must preload
 * `exitWithParent()`, which needs the channel and the process group.
 *
 * In a group of its own it does not hear Ctrl-C either: we alone do, and end it.
 */
export const ENDS_WITH_US = {
	detached: true,
	stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
} satisfies SpawnOptions;

export function exitWithParent(): string {
	return join(repositoryRoot(), 'test', 'n8n', 'exitWithParent.cjs');
}

export interface CommandOptions {
	cwd: string;
	/** Everything the command prints goes there. */
	logFile: string;
	/** Default: that of this process, without what `npm run` put there. */
	env?: NodeJS.ProcessEnv;
	/** Shown every 20 seconds with the time gone by, so that a long silence is not taken for the end. */
	heartbeat?: { say: Say; label: string };
}

/**
 * Runs a command to its end, silently.
 *
 * @throws Error with the last lines of its output when it does not end with 0
 */
export async function runCommand(
	command: string,
	args: string[],
	{ cwd, logFile, env = cleanEnvironment(), heartbeat }: CommandOptions,
): Promise<void> {
	await mkdir(dirname(logFile), { recursive: true });
	const log = createWriteStream(logFile);
	const started = Date.now();
	const timer =
		heartbeat &&
		setInterval(() => {
			const seconds = Math.round((Date.now() - started) / 1000);
			heartbeat.say(`    ${heartbeat.label}: ${seconds} s`);
		}, HEARTBEAT_MS);
	try {
		const ending = await new Promise<string | undefined>((resolve, reject) => {
			const child = spawn(command, args, {
				cwd,
				env: { ...env, NODE_OPTIONS: `--require=${JSON.stringify(exitWithParent())}` },
				...ENDS_WITH_US,
			});
			child.stdout?.pipe(log, { end: false });
			child.stderr?.pipe(log, { end: false });
			child.on('error', reject);
			child.on('close', (code, signal) => {
				resolve(code === 0 ? undefined : `ended with ${code ?? signal}`);
			});
		});
		await new Promise<void>((resolve) => log.end(() => resolve()));
		if (ending === undefined) return;
		const output = await readFile(logFile, 'utf8');
		const lines = output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
		throw new Error(`${[basename(command), ...args].join(' ')} ${ending}:\n${lines}`);
	} finally {
		clearInterval(timer);
	}
}

/**
 * The environment of a command that must not inherit the script it is started from.
 *
 * `npm run` hands its settings down as variables: the repository's `ignore-scripts` would forbid
 * building SQLite, and its folder would be taken for the one to install into.
 */
export function cleanEnvironment(additions: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const inherited =
		/^(npm_(lifecycle|package|command|config_(ignore_scripts|local_prefix|prefix|global_prefix))|INIT_CWD$|NODE_OPTIONS$|NODE_PATH$|NODE_ENV$|JEST_)/i;
	const kept = Object.entries(process.env).filter(([name]) => !inherited.test(name));
	return { ...Object.fromEntries(kept), ...additions };
}

/** Runs npm under the given Node, so that what it builds fits that Node. */
export async function runNpm(
	nodePath: string,
	args: string[],
	options: CommandOptions,
): Promise<void> {
	const env = cleanEnvironment(options.env);
	env.PATH = [dirname(nodePath), env.PATH].join(delimiter);
	const quiet = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
	const cli = process.env.npm_execpath;
	// Started by `npm run` we know npm's own script; else npm is taken from the path.
	const [command, first] =
		cli !== undefined && basename(cli) === 'npm-cli.js' ? [nodePath, [cli]] : ['npm', []];
	await runCommand(command, [...first, ...args, ...quiet], { ...options, env });
}
