import { spawn, type ChildProcess } from 'node:child_process';

import { cleanEnvironment, ENDS_WITH_US, exitWithParent } from './commands.mts';
import type { N8nInstallation } from './install.mts';
import { freePorts } from './ports.mts';
import { until } from './until.mts';

const LOOPBACK = '127.0.0.1';
const START_SECONDS = 180;
/** How long n8n may take to finish its executions before it is killed. */
const STOP_SECONDS = 15;
const LINES_SHOWN = 30;

/** What n8n can be started as, with what it says when it is ready. Alone, or in queue mode beside the others, it is `start`. */
const READY = {
	start: 'Editor is now accessible',
	webhook: 'Webhook listener waiting',
	worker: 'n8n worker is now ready',
};

export interface ProgramOptions {
	/** Default: `start`. */
	command?: keyof typeof READY;
	installation: N8nInstallation;
	/** n8n keeps its key, installed packages and, with SQLite, its database below it, in `.n8n`. */
	userFolder: string;
	/** Default: a free port. It stays the same over restarts. */
	port?: number;
	/** Settings beside, or instead of, the usual ones. */
	env?: Record<string, string>;
}

/** One of n8n's programs, which can be ended and started again at the same address, on the loopback interface only. */
export class N8nProgram {
	private log = '';
	private running: N8nProcess | undefined;

	private constructor(
		/** Without a slash at its end. */
		readonly url: string,
		private readonly options: ProgramOptions,
		private readonly env: NodeJS.ProcessEnv,
	) {}

	/** With an address, not started yet. */
	static async prepare(options: ProgramOptions): Promise<N8nProgram> {
		const [freePort, brokerPort] = await freePorts(2);
		const port = options.port ?? freePort;
		return new N8nProgram(
			`http://${LOOPBACK}:${port}`,
			options,
			environmentOf(options.userFolder, port, brokerPort, {
				...options.installation.environment,
				...options.env,
			}),
		);
	}

	/** Everything it printed since the first start. */
	logs(): string {
		return this.log;
	}

	/**
	 * It ends with us: on `stop()`, and also when this process dies in any way.
	 *
	 * @throws Error with the last lines of its log when it does not come up
	 */
	async start(env: Record<string, string> = {}): Promise<void> {
		const { installation, command = 'start' } = this.options;
		this.running = new N8nProcess(installation, command, { ...this.env, ...env }, (text) => {
			this.log += text;
		});
		await this.running.ready();
	}

	/** Lets it finish its executions, then ends it. Does nothing when it is not running. */
	async stop(): Promise<void> {
		await this.running?.stop();
	}

	/** Ends it at once, as a power cut would. */
	async kill(): Promise<void> {
		await this.running?.kill();
	}

	/** Starts it again, after stopping it if it runs. */
	async restart(env: Record<string, string> = {}): Promise<void> {
		await this.stop();
		await this.start(env);
	}
}

function environmentOf(
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
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: LOOPBACK,
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

/** One run of an n8n program, with the processes it starts itself. */
class N8nProcess {
	private readonly child: ChildProcess;
	private readonly ended: Promise<void>;
	private isReady = false;
	private exit: string | undefined;
	private tail = '';

	constructor(
		installation: N8nInstallation,
		command: keyof typeof READY,
		env: NodeJS.ProcessEnv,
		onOutput: (text: string) => void,
	) {
		this.child = spawn(
			installation.nodePath,
			['--require', exitWithParent(), installation.scriptPath, command],
			{ env, ...ENDS_WITH_US },
		);
		const collect = (chunk: Buffer) => {
			const text = chunk.toString();
			onOutput(text);
			this.tail = (this.tail + text).split('\n').slice(-LINES_SHOWN).join('\n');
			if (this.tail.includes(READY[command])) this.isReady = true;
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
