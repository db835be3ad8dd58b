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
 * Runs SQL statements in the database of an n8n, also while that runs, with the driver that n8n brings.
 *
 * @throws Error with what the database said
 */
export async function runSql({ userFolder }: N8nServer, sql: string): Promise<void> {
	const { nodePath, scriptPath } = await ensureN8n();
	const file = join(userFolder, '.n8n', 'database.sqlite');
	await promisify(execFile)(nodePath, ['--eval', RUN, '--', file, sql], {
		// Modules are looked for from here upwards.
		cwd: dirname(scriptPath),
		env: cleanEnvironment(),
	});
}
