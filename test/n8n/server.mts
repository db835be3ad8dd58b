import { spawn, type ChildProcess } from 'node:child_process';

import { N8nClient } from './client.mts';
import { cleanEnvironment, ENDS_WITH_US, exitWithParent } from './commands.mts';
import type { DatabaseKind } from './database.mts';
import { ensureN8n, type N8nInstallation } from './install.mts';
import { freePorts } from './ports.mts';
import { startPostgres, type Postgres } from './postgres.mts';
import { until } from './until.mts';

const LOOPBACK = '127.0.0.1';
const START_SECONDS = 180;
/** How long n8n may take to finish its executions before it is killed. */
const STOP_SECONDS = 15;
const LINES_SHOWN = 30;

export interface N8nOptions {
	/** n8n keeps its key, installed packages and, with SQLite, its database below it, in `.n8n`. */
	userFolder: string;
	/** Default: SQLite. `postgres` starts an empty one; another server's is shared with it. */
	database?: DatabaseKind | Postgres;
	/** Default: a free port. It stays the same over restarts. */
	port?: number;
	/** Default: what `ensureN8n()` installs. */
	installation?: N8nInstallation;
	/** Settings beside, or instead of, the usual ones. */
	env?: Record<string, string>;
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
	const [freePort, brokerPort] = await freePorts(2);
	const port = options.port ?? freePort;
	const url = `http://${LOOPBACK}:${port}`;
	const { database } = options;
	const owned = database === 'postgres' ? await startPostgres() : undefined;
	const postgres = typeof database === 'object' ? database : owned;
	const settings = { ...installation.environment, ...postgres?.environment, ...options.env };
	let log = '';
	let running: N8nProcess | undefined;

	const start = async (env: Record<string, string>) => {
		running = new N8nProcess(
			installation,
			serverEnvironment(options.userFolder, port, brokerPort, { ...settings, ...env }),
			(text) => {
				log += text;
			},
		);
		await running.ready();
	};
	const stop = async () => await running?.stop();
	const close = async () => {
		await stop();
		await owned?.close();
	};

	try {
		await start({});
	} catch (error) {
		await close();
		throw error;
	}
	return {
		url,
		userFolder: options.userFolder,
		client: new N8nClient(url),
		postgres,
		logs: () => log,
		stop,
		kill: async () => await running?.kill(),
		restart: async (env = {}) => {
			await stop();
			await start(env);
		},
		close,
	};
}

function serverEnvironment(
	userFolder: string,
	port: number,
	brokerPort: number,
	settings: Record<string, string>,
): NodeJS.ProcessEnv {
	const url = `http://${LOOPBACK}:${port}/`;
	const inherited = Object.entries(cleanEnvironment()).filter(
		// The person's own n8n settings are not meant for this server.
		([name]) => !/^(N8N_|DB_|EXECUTIONS_|WEBHOOK_|QUEUE_|GENERIC_TIMEZONE$)/.test(name),
	);
	return {
		...Object.fromEntries(inherited),
		N8N_USER_FOLDER: userFolder,
		DB_TYPE: 'sqlite',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_HOST: LOOPBACK,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: LOOPBACK,
		WEBHOOK_URL: url,
		N8N_WEBHOOK_URL: url,
		N8N_EDITOR_BASE_URL: url,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(STOP_SECONDS),
		...settings,
	};
}

/** One run of the n8n program, with the processes it starts itself. */
class N8nProcess {
	private readonly child: ChildProcess;
	private readonly ended: Promise<void>;
	private isReady = false;
	private exit: string | undefined;
	private tail = '';

	constructor(
		installation: N8nInstallation,
		env: NodeJS.ProcessEnv,
		onOutput: (text: string) => void,
	) {
		this.child = spawn(
			installation.nodePath,
			['--require', exitWithParent(), installation.scriptPath, 'start'],
			{ env, ...ENDS_WITH_US },
		);
		const collect = (chunk: Buffer) => {
			const text = chunk.toString();
			onOutput(text);
			this.tail = (this.tail + text).split('\n').slice(-LINES_SHOWN).join('\n');
			if (this.tail.includes('Editor is now accessible')) this.isReady = true;
		};
		this.child.stdout?.on('data', collect);
		this.child.stderr?.on('data', collect);
		this.ended = new Promise((resolve) => {
			this.child.on('error', (error) => {
				this.exit = error.message;
				resolve();
			});
			this.child.on('close', (code, signal) => {
				this.exit = `it ended with ${code ?? signal}`;
				resolve();
			});
		});
	}

	async ready(): Promise<void> {
		try {
			await until(
				'n8n to come up',
				() => {
					if (this.exit !== undefined) throw new Error(`n8n did not come up: ${this.exit}.`);
					return this.isReady || undefined;
				},
				{ seconds: START_SECONDS },
			);
		} catch (error) {
			await this.kill();
			throw new Error(`${(error as Error).message} Its last words:\n${this.tail}`);
		}
	}

	async stop(): Promise<void> {
		if (this.exit !== undefined) return;
		this.child.kill('SIGTERM');
		const patience = setTimeout(() => this.killGroup(), (STOP_SECONDS + 5) * 1000);
		await this.ended;
		clearTimeout(patience);
		this.killGroup();
	}

	async kill(): Promise<void> {
		this.killGroup();
		await this.ended;
	}

	/** n8n and its task runner; whoever is gone already is no obstacle. */
	private killGroup(): void {
		const { pid } = this.child;
		if (pid === undefined) return;
		try {
			process.kill(-pid, 'SIGKILL');
		} catch {
			this.child.kill('SIGKILL');
		}
	}
}
