import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { cleanEnvironment } from './commands.mts';
import { ensureN8n } from './install.mts';
import type { N8nServer } from './server.mts';

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

/**
 * Does what a full disk does: executions cannot be stored or changed, while n8n goes on with all else.
 *
 * @returns frees the disk
 */
export async function fillDisk(n8n: N8nServer): Promise<() => Promise<void>> {
	const full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END;";
	await runSql(
		n8n,
		`CREATE TRIGGER full_for_new BEFORE INSERT ON execution_entity ${full}
		CREATE TRIGGER full_for_known BEFORE UPDATE ON execution_entity ${full}`,
	);
	return async () => await runSql(n8n, 'DROP TRIGGER full_for_new; DROP TRIGGER full_for_known');
}

/**
 * Runs SQL statements in the database of an n8n, also while that runs, with the driver that n8n brings.
 *
 * @throws Error with what the database said
 */
async function runSql({ userFolder }: N8nServer, sql: string): Promise<void> {
	const { nodePath, scriptPath } = await ensureN8n();
	const file = join(userFolder, '.n8n', 'database.sqlite');
	await promisify(execFile)(nodePath, ['--eval', RUN, '--', file, sql], {
		// Modules are looked for from here upwards.
		cwd: dirname(scriptPath),
		env: cleanEnvironment(),
	});
}
