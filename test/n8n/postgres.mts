import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cleanEnvironment, ENDS_WITH_US, exitWithParent } from './commands.mts';
import { freePorts } from './ports.mts';
import { repositoryRoot } from './repository.mts';
import { until } from './until.mts';

const LOOPBACK = '127.0.0.1';
const USER = 'n8n';
const DATABASE = 'postgres';
/** Where Debian and Ubuntu put each version. */
const VERSIONS = '/usr/lib/postgresql';
/** A test's database need not outlive the machine; a killed n8n has no part in what PostgreSQL keeps in memory. */
const SETTINGS = {
	listen_addresses: LOOPBACK,
	unix_socket_directories: '',
	fsync: 'off',
	full_page_writes: 'off',
	// Else what is shared lies outside the folder and stays behind when PostgreSQL is killed.
	dynamic_shared_memory_type: 'mmap',
};

/** A PostgreSQL of its own for one n8n, reachable from this machine only, with a password. */
export interface Postgres {
	/** What n8n needs to use it. */
	readonly environment: Record<string, string>;
	/**
	 * Runs SQL statements.
	 *
	 * @throws Error with what PostgreSQL said
	 */
	run(sql: string): Promise<void>;
	/** Ends it and deletes its data. */
	close(): Promise<void>;
}

/** Whoever PostgreSQL's programs run as; undefined: as we do. */
interface Owner {
	uid: number;
	gid: number;
}

/**
 * Starts an empty PostgreSQL in a temporary folder, as the user `postgres` where we are root, which it refuses to run as.
 * It ends with us, however we end.
 *
 * @throws Error when it is not installed, with how to install it, or does not come up, with its last words
 */
export async function startPostgres(): Promise<Postgres> {
	const programs = findPrograms();
	const owner = process.getuid?.() === 0 ? accountOf('postgres') : undefined;
	const home = await mkdtemp(join(tmpdir(), 'ponponpay-postgres-'));
	const data = join(home, 'data');
	const password = randomBytes(16).toString('hex');
	const passwordFile = join(home, 'password');
	const [port] = await freePorts(1);
	let server: Keeper | undefined;
	const close = async () => {
		await server?.stop();
		await rm(home, { recursive: true, force: true });
	};
	try {
		await writeFile(passwordFile, password);
		await chmod(passwordFile, 0o600);
		if (owner !== undefined) {
			for (const path of [home, passwordFile]) await chown(path, owner.uid, owner.gid);
		}
		const access = ['--username', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
		const plain = ['--encoding=UTF8', '--locale=C', '--no-sync', '--pgdata', data];
		await new Keeper(join(programs, 'initdb'), [...access, ...plain], owner).succeeded();
		const settings = Object.entries({ ...SETTINGS, port: String(port) });
		server = new Keeper(
			join(programs, 'postgres'),
			['-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
			owner,
		);
		await server.said('database system is ready to accept connections');
	} catch (error) {
		await close();
		throw error;
	}
	return {
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: LOOPBACK,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: DATABASE,
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_PASSWORD: password,
		},
		run: async (sql) => {
			const where = ['--host', LOOPBACK, '--port', String(port), '--username', USER];
			const how = ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--command', sql];
			await promisify(execFile)(join(programs, 'psql'), [...where, ...how, DATABASE], {
				env: cleanEnvironment({ PGPASSWORD: password }),
			});
		},
		close,
	};
}

function findPrograms(): string {
	const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
	const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
	const programs = newestFirst
		.map((version) => join(VERSIONS, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'postgres')));
	if (programs !== undefined) return programs;
	throw new Error(
		`This test needs PostgreSQL below ${VERSIONS}: apt-get install -y postgresql (or leave PONPONPAY_TEST_DATABASE unset for SQLite).`,
	);
}

function accountOf(user: string): Owner {
	const id = (option: string) => Number(execFileSync('id', [option, user], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/** One run of one of PostgreSQL's programs, which ends with us. */
class Keeper {
	private readonly child: ChildProcess;
	private readonly ended: Promise<void>;
	private output = '';
	private exit: number | string | undefined;

	constructor(command: string, args: string[], owner: Owner | undefined) {
		const keeper = join(repositoryRoot(), 'test', 'n8n', 'postgresKeeper.cjs');
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

	async succeeded(): Promise<void> {
		await this.ended;
		if (this.exit !== 0) throw this.failure();
	}

	async said(words: string): Promise<void> {
		await until('PostgreSQL to come up', () => {
			if (this.exit !== undefined) throw this.failure();
			return this.output.includes(words) || undefined;
		});
	}

	async stop(): Promise<void> {
		if (this.exit === undefined) this.child.kill('SIGTERM');
		await this.ended;
	}

	private failure(): Error {
		return new Error(
			`PostgreSQL ended with ${this.exit}. Its last words:\n${this.output.slice(-2000)}`,
		);
	}
}
