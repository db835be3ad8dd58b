import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cleanEnvironment } from './commands.mts';
import { Keeper, type Owner } from './keeper.mts';
import { freePorts } from './ports.mts';

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
	/**
	 * The rows that a query finds, each under the names of its columns.
	 *
	 * @throws Error with what PostgreSQL said
	 */
	rows<Row>(query: string): Promise<Row[]>;
	/** Stops it, breaking off what its clients have begun, and starts it again at the same address. */
	restart(): Promise<void>;
	/** Ends it and deletes its data. */
	close(): Promise<void>;
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
	const start = async () => {
		const settings = Object.entries({ ...SETTINGS, port: String(port) });
		server = new Keeper(
			join(programs, 'postgres'),
			['-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
			owner,
		);
		await server.said('database system is ready to accept connections');
	};
	const psql = async (sql: string, ...options: string[]) => {
		const where = ['--host', LOOPBACK, '--port', String(port), '--username', USER];
		const how = ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', ...options];
		return await promisify(execFile)(
			join(programs, 'psql'),
			[...where, ...how, '--command', sql, DATABASE],
			{ env: cleanEnvironment({ PGPASSWORD: password }), maxBuffer: Infinity },
		);
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
		await start();
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
			await psql(sql);
		},
		rows: async (query) => {
			const asJson = `SELECT coalesce(json_agg(row), '[]') FROM (${query}) AS row`;
			return JSON.parse((await psql(asJson, '--tuples-only', '--no-align')).stdout);
		},
		restart: async () => {
			await server?.stop();
			await start();
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
