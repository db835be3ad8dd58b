import { createRequire } from 'node:module';

import { ensureN8n } from '../n8n/install.mts';
import { CREDENTIAL_TYPE, loadExample, type Shop } from '../n8n/shop.mts';
import { withCredentials, type WorkflowFile } from '../n8n/client.mts';
import { openTestShop } from './testShop.mts';

/** The parts of MCP's own client that a test needs. */
interface McpClient {
	connect(transport: object): Promise<void>;
	callTool(call: { name: string; arguments: object }): Promise<{
		content: Array<{ text?: string }>;
		isError?: boolean;
	}>;
	close(): Promise<void>;
}

const PATH = 'shop-tools';

/** The tool that creates orders, with n8n's "Retry On Fail", behind an MCP server instead of an agent. */
function serverWorkflow(): WorkflowFile {
	const example = loadExample('ai-agent-orders');
	const tool = example.nodes.find(({ name }) => name === 'Create order');
	if (tool === undefined) throw new Error('The example has no tool');
	const server = {
		id: '5a1f2c7e-93c4-4c0e-8f63-7d1b0a52c101',
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0] as [number, number],
		webhookId: '5a1f2c7e-93c4-4c0e-8f63-7d1b0a52c102',
		parameters: { path: PATH },
	};
	const parameters = { ...tool.parameters, options: { mostTries: 1 } };
	const retried = { ...tool, parameters, retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
	return {
		...example,
		name: 'MCP',
		nodes: [server, retried],
		connections: {
			[tool.name]: { ai_tool: [[{ node: server.name, type: 'ai_tool', index: 0 }]] },
		},
	};
}

describe('A tool that a client of an MCP Server Trigger calls', () => {
	let shop: Shop;
	let client: McpClient;

	beforeAll(async () => {
		shop = await openTestShop();
		const file = withCredentials(serverWorkflow(), { [CREDENTIAL_TYPE]: shop.credential });
		const { id } = await shop.n8n.client.createWorkflow(file);
		await shop.n8n.client.publish(id);
		// MCP's own client, as n8n installs it for itself.
		const { scriptPath } = await ensureN8n();
		const load = createRequire(scriptPath);
		const { Client } = load('@modelcontextprotocol/sdk/client/index.js') as {
			Client: new (about: object) => McpClient;
		};
		const { StreamableHTTPClientTransport } = load(
			'@modelcontextprotocol/sdk/client/streamableHttp.js',
		) as { StreamableHTTPClientTransport: new (url: URL) => object };
		client = new Client({ name: 'shop', version: '1.0.0' });
		await client.connect(new StreamableHTTPClientTransport(new URL(`${shop.n8n.url}/mcp/${PATH}`)));
	});
	afterAll(async () => {
		await client?.close();
		await shop?.close();
	});

	const createOrder = async (amount: string) => {
		const { content } = await client.callTool({
			name: 'Create_order',
			arguments: { Amount: amount, Currency: 'USDT', Network: 'tron' },
		});
		return content.map(({ text }) => text).join('\n');
	};
	const ordersOf = (amount: string) =>
		shop.sandbox.orders.all().filter((order) => order.amount === amount);

	it('makes an order for each call, also for two alike, one after the other or at once', async () => {
		const told = [
			await createOrder('21'),
			...(await Promise.all([createOrder('21'), createOrder('21')])),
		];
		const orders = ordersOf('21');
		expect(orders).toHaveLength(3);
		for (const { tradeId } of orders) expect(told.join()).toContain(tradeId);
	});

	it('makes one order where n8n tries a call again whose answer was lost', async () => {
		shop.sandbox.faults.script('/order/add', [{ kind: 'reset', when: 'after' }]);
		shop.sandbox.faults.script('/order/detail', [{ kind: 'status', status: 500, when: 'before' }]);
		const told = await createOrder('22');
		const orders = ordersOf('22');
		expect(orders).toHaveLength(1);
		expect(told).toContain(orders[0].tradeId);
	});
});
