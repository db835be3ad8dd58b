import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { cleanEnvironment, ENDS_WITH_US, exitWithParent } from './commands.mts';
import { repositoryRoot } from './repository.mts';
import { until } from './until.mts';

/** Whoever a program runs as. */
export interface Owner {
	uid: number;
	gid: number;
}

/** One run of a program that is not Node's, such as a database's. It ends with us, however we end. */
export class Keeper {
	private readonly child: ChildProcess;
	private readonly ended: Promise<void>;
	private readonly name: string;
	private output = '';
	private exit: number | string | undefined;

	/** @param owner undefined: as we do */
	constructor(command: string, args: string[], owner?: Owner) {
		this.name = basename(command);
		const keeper = join(repositoryRoot(), 'test', 'n8n', 'keeper.cjs');
		this.child = spawn(
			process.execPath,
			['--require', exitWithParent(), keeper, JSON.stringify({ command, args, ...owner })],
			{ ...ENDS_WITH_US, cwd: tmpdir(), env: cleanEnvironment({ LC_ALL: 'C' }) },
		);
		const collect = (chunk: Buffer) => {
			this.output += chunk.toString();
		};
		this.child.stdout?.on('data', collect);
		this.child.stderr?.on('data', collect);
		this.ended = new Promise((resolve) => {
			this.child.on('error', (error) => {
				this.exit = error.message;
				resolve();
			});
			this.child.on('close', (code, signal) => {
				this.exit = code ?? signal ?? 'a signal';
				resolve();
			});
		});
	}

	/** @throws Error with its last words when it does not end with 0 */
	async succeeded(): Promise<void> {
		await this.ended;
		if (this.exit !== 0) throw this.failure();
	}

	/** @throws Error with its last words when it ends before it has said these */
	async said(words: string): Promise<void> {
		await until(`${this.name} to come up`, () => {
			if (this.exit !== undefined) throw this.failure();
			return this.output.includes(words) || undefined;
		});
	}

	/** Lets it put everything in order, then ends it. */
	async stop(): Promise<void> {
		if (this.exit === undefined) this.child.kill('SIGTERM');
		await this.ended;
	}

	/** Ends it at once, as a power cut would. */
	async kill(): Promise<void> {
		const { pid } = this.child;
		if (this.exit === undefined && pid !== undefined) process.kill(-pid, 'SIGKILL');
		await this.ended;
	}

	private failure(): Error {
		return new Error(
			`${this.name} ended with ${this.exit}. Its last words:\n${this.output.slice(-2000)}`,
		);
	}
}
