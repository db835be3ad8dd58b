import { N8nClient } from './client.mts';
import type { DatabaseKind } from './database.mts';
import { ensureN8n, type N8nInstallation } from './install.mts';
import { startPostgres, type Postgres } from './postgres.mts';
import { N8nProgram, type ProgramOptions } from './program.mts';

export interface N8nOptions extends Omit<ProgramOptions, 'command' | 'installation'> {
	/** Default: SQLite. `postgres` starts an empty one; another server's is shared with it. */
	database?: DatabaseKind | Postgres;
	/** Default: what `ensureN8n()` installs. */
	installation?: N8nInstallation;
}

/** A running n8n, on the loopback interface only. */
export interface N8nServer {
	/** Without a slash at its end. */
	readonly url: string;
	readonly userFolder: string;
	readonly client: N8nClient;
	/** Where it keeps everything, unless that is SQLite. */
	readonly postgres: Postgres | undefined;
	/** Everything it printed since the first start. */
	logs(): string;
	/** Lets it finish its executions, then ends it. Does nothing when it is not running. */
	stop(): Promise<void>;
	/** Ends it at once, as a power cut would. */
	kill(): Promise<void>;
	/** Starts it again at the same address, after stopping it if it runs. */
	restart(env?: Record<string, string>): Promise<void>;
	/** Stops it for good, with the PostgreSQL that was started for it. */
	close(): Promise<void>;
}

/**
 * Starts an n8n and waits until it answers.
 *
 * It ends with us: on `stop()`, and also when this process dies in any way.
 *
 * @throws Error with the last lines of its log when it does not come up
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const installation = options.installation ?? (await ensureN8n());
	const { database, userFolder } = options;
	const owned = database === 'postgres' ? await startPostgres() : undefined;
	const postgres = typeof database === 'object' ? database : owned;
	const env = { ...postgres?.environment, ...options.env };
	const program = await N8nProgram.prepare({ ...options, installation, env });
	const close = async () => {
		await program.stop();
		await owned?.close();
	};
	try {
		await program.start();
	} catch (error) {
		await close();
		throw error;
	}
	return {
		url: program.url,
		userFolder,
		client: new N8nClient(program.url),
		postgres,
		logs: () => program.logs(),
		stop: async () => await program.stop(),
		kill: async () => await program.kill(),
		restart: async (changes) => await program.restart(changes),
		close,
	};
}
