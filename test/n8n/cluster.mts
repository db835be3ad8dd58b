import { startBalancer } from './balancer.mts';
import { N8nClient } from './client.mts';
import { ensureN8n } from './install.mts';
import { startPostgres, type Postgres } from './postgres.mts';
import { N8nProgram, type ProgramOptions } from './program.mts';
import { startRedis, type Redis } from './redis.mts';
import type { N8nOptions, N8nServer } from './server.mts';

/**
 * What makes n8n notice a dead worker in seconds instead of minutes, and lets nobody believe a live one dead who has much to
 * do. The rest is as n8n has it.
 */
const QUEUE = {
	EXECUTIONS_MODE: 'queue',
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

export interface ClusterOptions extends Omit<N8nOptions, 'database'> {
	/** Default: 2. */
	processors?: number;
	/** Default: 2. */
	workers?: number;
	/** Settings of the workers alone. */
	workerEnv?: Record<string, string>;
}

/**
 * An n8n in queue mode. As a server it has the address of the balancer, which leads to its webhook processors; its client
 * speaks to main. What is done to the server is done to each of its processes, not to database and queue.
 */
export interface Cluster extends N8nServer {
	readonly main: N8nProgram;
	/** They receive what goes to `/webhook/` and `/webhook-waiting/`. */
	readonly processors: readonly N8nProgram[];
	readonly workers: readonly N8nProgram[];
	readonly postgres: Postgres;
	readonly redis: Redis;
}

/**
 * Starts database, queue, main and, when main has made its tables, the others.
 *
 * @throws Error with the last lines of its log when a part does not come up
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const installation = options.installation ?? (await ensureN8n());
	const closing: Array<() => unknown> = [];
	const close = async () => {
		for (const end of closing.toReversed()) await end();
	};
	try {
		const postgres = await startPostgres();
		closing.push(postgres.close);
		const redis = await startRedis();
		closing.push(redis.close);
		const processors: N8nProgram[] = [];
		const balancer = await startBalancer(() => processors.map(({ url }) => url));
		closing.push(balancer.close);

		const address = `${balancer.url}/`;
		const env = {
			...QUEUE,
			...postgres.environment,
			...redis.environment,
			WEBHOOK_URL: address,
			N8N_WEBHOOK_URL: address,
			// All must have the same one before any of them has made it.
			N8N_ENCRYPTION_KEY: 'a cluster under test',
			...options.env,
		};
		const all: N8nProgram[] = [];
		const stop = async () => {
			await Promise.all(all.map(async (program) => await program.stop()));
		};
		closing.push(stop);
		const prepare = async (command: ProgramOptions['command'], more = {}) => {
			const { userFolder } = options;
			const own = { ...env, ...more };
			const program = await N8nProgram.prepare({ command, installation, userFolder, env: own });
			all.push(program);
			return program;
		};
		const main = await prepare('start', { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' });
		for (let count = options.processors ?? 2; count > 0; count -= 1) {
			processors.push(await prepare('webhook'));
		}
		const workers: N8nProgram[] = [];
		for (let count = options.workers ?? 2; count > 0; count -= 1) {
			workers.push(await prepare('worker', options.workerEnv));
		}
		const others = [...processors, ...workers];
		const start = async (changes?: Record<string, string>) => {
			await main.start(changes);
			await Promise.all(others.map(async (program) => await program.start(changes)));
		};
		await start();
		return {
			url: balancer.url,
			userFolder: options.userFolder,
			client: new N8nClient(main.url),
			main,
			processors,
			workers,
			postgres,
			redis,
			logs: () => all.map((program) => program.logs()).join('\n'),
			stop,
			kill: async () => {
				await Promise.all(all.map(async (program) => await program.kill()));
			},
			restart: async (changes) => {
				await stop();
				await start(changes);
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
