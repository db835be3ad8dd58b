import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { Keeper } from './keeper.mts';
import { freePorts } from './ports.mts';

const LOOPBACK = '127.0.0.1';
const PROGRAM = 'redis-server';

/** A Redis of its own for one n8n in queue mode, reachable from this machine only. */
export interface Redis {
	/** What n8n needs to use it. */
	readonly environment: Record<string, string>;
	/** Ends it at once; what it was told is in its file (AOF). */
	kill(): Promise<void>;
	/** Starts it again at the same address, with what its file tells. */
	start(): Promise<void>;
	/** Ends it and deletes its data. */
	close(): Promise<void>;
}

/**
 * Starts an empty Redis that writes down everything it is told. It ends with us, however we end.
 *
 * @throws Error when it is not installed, with how to install it, or does not come up, with its last words
 */
export async function startRedis(): Promise<Redis> {
	const program = findProgram();
	const home = await mkdtemp(join(tmpdir(), 'ponponpay-redis-'));
	const [port] = await freePorts(1);
	let server: Keeper | undefined;
	const start = async () => {
		const place = ['--port', String(port), '--bind', LOOPBACK, '--dir', home];
		server = new Keeper(program, [...place, '--appendonly', 'yes', '--save', '']);
		await server.said('Ready to accept connections');
	};
	const close = async () => {
		await server?.stop();
		await rm(home, { recursive: true, force: true });
	};
	try {
		await start();
	} catch (error) {
		await close();
		throw error;
	}
	return {
		environment: { QUEUE_BULL_REDIS_HOST: LOOPBACK, QUEUE_BULL_REDIS_PORT: String(port) },
		kill: async () => await server?.kill(),
		start,
		close,
	};
}

function findProgram(): string {
	const program = (process.env.PATH ?? '')
		.split(delimiter)
		.map((folder) => join(folder, PROGRAM))
		.find(existsSync);
	if (program !== undefined) return program;
	throw new Error('Redis is not installed. On Debian and Ubuntu: apt-get install redis-server');
}
