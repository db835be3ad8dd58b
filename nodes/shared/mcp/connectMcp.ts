import { openConnection, type N8nContext } from '../api/connection';
import { PACKAGE_VERSION } from '../api/packageVersion';
import { DEFAULT_CONCURRENCY } from '../api/pace';
import type { RetryPolicy } from '../api/retry';
import { McpClient } from './mcpClient';
import { serverOf } from './servers';

/**
 * A client of the MCP server at the credential's host, which sends through n8n's own authenticated helper.
 *
 * @throws InvalidInput for a credential that cannot be used
 */
export async function createMcpClient(
	context: N8nContext,
	policy: Partial<RetryPolicy> = {},
	concurrency = DEFAULT_CONCURRENCY,
): Promise<McpClient> {
	const connection = await openConnection(context, policy, concurrency);
	const known = serverOf(connection.host, connection.apiKey);
	return new McpClient(connection, known, {
		name: 'n8n-nodes-ponponpay',
		version: PACKAGE_VERSION,
	});
}
