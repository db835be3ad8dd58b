import type { AsyncLocalStorage } from 'node:async_hooks';

/** One line that n8n or a node wrote to n8n's log. */
export interface LogLine {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	/** The metadata given beside the message, in readable form. */
	details: string;
}

/** What ../../jest/environment.cjs puts into each test file's world. */
interface EngineHost {
	log: AsyncLocalStorage<LogLine[]>;
}

const host = (globalThis as unknown as { engineHost: EngineHost }).engineHost;

/** Runs an action and collects what it logs into `lines`, and nothing that others log meanwhile. */
export async function withLog<Result>(
	lines: LogLine[],
	action: () => Promise<Result>,
): Promise<Result> {
	return await host.log.run(lines, action);
}
