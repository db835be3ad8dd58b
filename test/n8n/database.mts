import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { cleanEnvironment } from './commands.mts';
import { ensureN8n } from './install.mts';
import type { N8nServer } from './server.mts';

/** The databases that n8n can keep everything in. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** Where the end-to-end tests' n8n keeps everything: SQLite, unless the variable says `postgres`. */
export const DEFAULT_DATABASE = readKind(process.env.PONPONPAY_TEST_DATABASE ?? 'sqlite');

const RUN = `
const { Database } = require('sqlite3');
const [file, sql] = process.argv.slice(1);
const database = new Database(file);
database.configure('busyTimeout', 30000);
database.exec(sql, (error) => {
	if (error) throw error;
	database.close();
});
`;

const EVENTS = ['INSERT', 'UPDATE'];

function readKind(text: string): DatabaseKind {
	if (text === 'sqlite' || text === 'postgres') return text;
	throw new Error(`PONPONPAY_TEST_DATABASE is "${text}"; it may be sqlite or postgres.`);
}

/**
 * Does what a full disk does: executions cannot be stored or changed, while n8n goes on with all else.
 *
 * @returns frees the disk
 */
export async function fillDisk(n8n: N8nServer): Promise<() => Promise<void>> {
	const isPostgres = n8n.postgres !== undefined;
	const full = isPostgres
		? 'FOR EACH ROW EXECUTE FUNCTION disk_full();'
		: "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END;";
	const fill = EVENTS.map(
		(event) => `CREATE TRIGGER full_for_${event} BEFORE ${event} ON execution_entity ${full}`,
	);
	const raise = `CREATE OR REPLACE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$;`;
	const from = isPostgres ? ' ON execution_entity' : '';
	await runSql(n8n, [...(isPostgres ? [raise] : []), ...fill].join('\n'));
	return async () =>
		await runSql(n8n, EVENTS.map((event) => `DROP TRIGGER full_for_${event}${from};`).join('\n'));
}

/**
 * Copies the database of an n8n that may run meanwhile, as it is in this moment.
 *
 * @throws Error for PostgreSQL
 */
export async function copyDatabase(n8n: N8nServer, file: string): Promise<void> {
	if (n8n.postgres !== undefined) throw new Error('Only SQLite can be copied here.');
	await runSql(n8n, `VACUUM INTO '${file}'`);
}

/**
 * Runs SQL statements in the database of an n8n, also while that runs: SQLite with the driver that n8n brings.
 *
 * @throws Error with what the database said
 */
async function runSql({ userFolder, postgres }: N8nServer, sql: string): Promise<void> {
	if (postgres !== undefined) return await postgres.run(sql);
	const { nodePath, scriptPath } = await ensureN8n();
	const file = join(userFolder, '.n8n', 'database.sqlite');
	await promisify(execFile)(nodePath, ['--eval', RUN, '--', file, sql], {
		// Modules are looked for from here upwards.
		cwd: dirname(scriptPath),
		env: cleanEnvironment(),
	});
}
