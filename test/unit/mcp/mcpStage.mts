import type { Transport } from '../../../nodes/shared/api/client';
import { NO_LIMITS, type Limits } from '../../../nodes/shared/api/limits';
import { Pacer } from '../../../nodes/shared/api/pacer';
import type { RetryPolicy } from '../../../nodes/shared/api/retry';
import { McpClient } from '../../../nodes/shared/mcp/mcpClient';
import { KnownServer } from '../../../nodes/shared/mcp/servers';
import { FakeEnvironment } from '../api/support';

export const POLICY: RetryPolicy = { mostTries: 3, totalMs: 60_000, timeoutMs: 10_000 };

/** Sends as n8n's helper does, without n8n. */
export function fetching(apiKey: string): Transport {
	return async ({ method, url, body, headers, timeoutMs }) => {
		try {
			const answer = await fetch(url, {
				method,
				body,
				headers: { 'X-API-Key': apiKey, 'Content-Type': 'application/json', ...headers },
				signal: AbortSignal.timeout(timeoutMs),
			});
			const told = Object.fromEntries(answer.headers);
			return { reply: { status: answer.status, headers: told, body: await answer.text() } };
		} catch {
			return { fault: { kind: 'interrupted', detail: 'ECONNRESET' } };
		}
	};
}

/** A client of a server, with a clock of its own. */
export function mcpClient(
	host: string,
	transport: Transport,
	limits: Limits = NO_LIMITS,
	known = new KnownServer(),
) {
	const environment = new FakeEnvironment();
	const connection = {
		host,
		transport,
		policy: POLICY,
		environment,
		pacer: new Pacer(4, environment),
		limits,
	};
	const client = new McpClient(connection, known, { name: 'test', version: '1' });
	return { client, environment, known };
}
