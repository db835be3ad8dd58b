import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { NotAllowed } from '../../../nodes/shared/api/limits';
import { keyFieldOf, type Tool } from '../../../nodes/shared/mcp/mcpTool';
import { freePorts } from '../../n8n/ports.mts';
import { TOOL_SETS, type ToolSetName } from '../../sandbox/mcp/toolSets.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { down, failureOf, fault, reply, scripted } from '../api/support';
import { fetching, mcpClient } from './mcpStage.mts';

const named = (tools: readonly Tool[], name: string): Tool => {
	const tool = tools.find((each) => each.name === name);
	if (tool === undefined) throw new Error(`there is no tool ${name}`);
	return tool;
};

describe('with the sandbox’s server', () => {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox();
	});
	afterEach(async () => await sandbox.close());

	const open = (limits?: { isReadOnly: boolean }) =>
		mcpClient(sandbox.url, fetching(sandbox.apiKey), limits);

	describe.each(['json', 'stream'] as const)('that answers by %s', (answers) => {
		it.each(Object.keys(TOOL_SETS) as ToolSetName[])(
			'finds all tools called by %s, and lists orders',
			async (tools) => {
				for (const sessions of [true, false]) {
					sandbox.settings.mcp = { ...sandbox.settings.mcp, tools, answers, sessions };
					sandbox.orders.add(`shop-${sessions}`);
					const { client } = open();
					const found = await client.tools();
					expect(found.map(({ name }) => name)).toEqual(
						TOOL_SETS[tools].tools.map(({ name }) => name),
					);
					expect(found.filter((tool) => !tool.isReadOnly && !keyFieldOf(tool))).toEqual([]);
					const list = found.find(({ name }) => /order.*list|list.*order/.test(name)) as Tool;
					const orders = await client.call(list, { page: 1 }, 'key');
					expect(JSON.stringify(orders)).toContain(`"mch_order_id":"shop-${sessions}"`);
				}
			},
		);
	});

	it('asks for the tools once in ten minutes, and for a session once', async () => {
		const { client, environment } = open();
		await client.tools();
		const asked = () => sandbox.requests.count('/mcp');
		const first = asked();
		await client.tools();
		expect(asked()).toBe(first);
		environment.time += 600_000;
		await client.tools();
		// Two pages, and no greeting before them.
		expect(asked()).toBe(first + 2);
	});

	it('does once what is repeated with the same key, and not what differs', async () => {
		const { client } = open();
		const create = named(await client.tools(), 'create_order');
		const order = { amount: 5, currency: 'USDT', network: 'tron' };
		const first = await client.call(create, order, 'n8n-1');
		expect(await client.call(create, order, 'n8n-1')).toEqual(first);
		expect(sandbox.orders.all()).toHaveLength(1);
		const other = await failureOf(client.call(create, { ...order, amount: 6 }, 'n8n-1'));
		expect(other.details).toMatchObject({
			kind: 'refused',
			detail: 'idempotency_key was used for another request',
			endpoint: { path: '/mcp (create_order)' },
		});
	});

	it('repeats a write whose answer is lost, by its key, and makes one thing', async () => {
		const { client } = open();
		const create = named(await client.tools(), 'create_order');
		sandbox.faults.script('/mcp', [{ kind: 'reset', when: 'after' }]);
		await client.call(create, { amount: 5, currency: 'USDT', network: 'tron' }, 'n8n-2');
		expect(sandbox.orders.all()).toHaveLength(1);
		expect(sandbox.requests.all('/mcp').filter(({ body }) => body.includes('n8n-2'))).toHaveLength(
			2,
		);
	});

	it('opens a new session where the server has been started anew', async () => {
		const { client } = open();
		const tools = await client.tools();
		const { port } = sandbox;
		await sandbox.close();
		sandbox = await startSandbox({ port, merchant: { apiKey: sandbox.apiKey } });
		expect(await client.call(named(tools, 'list_webhooks'), {}, 'key')).toEqual({ list: [] });
		const methods = sandbox.requests.all('/mcp').map(({ body }) => JSON.parse(body).method);
		expect(methods).toEqual([
			'tools/call',
			'initialize',
			'notifications/initialized',
			'tools/call',
		]);
	});

	it('lets a credential with limits call only what says that it reads', async () => {
		const { client } = open({ isReadOnly: true });
		for (const tool of await client.tools()) {
			const outcome = await client.call(tool, {}, 'key').then(
				() => 'called',
				(error: unknown) => (error instanceof NotAllowed ? 'not allowed' : 'called'),
			);
			expect([tool.name, outcome]).toEqual([tool.name, tool.isReadOnly ? 'called' : 'not allowed']);
		}
		expect(sandbox.requests.all('/mcp').filter(({ body }) => /create|cancel/.test(body))).toEqual(
			[],
		);
	});

	it.each([
		['a refused key', () => sandbox.keys.rotateApiKey(), 'unauthorized'],
		[
			'no such server',
			() => (sandbox.settings.mcp = { ...sandbox.settings.mcp, isOffered: false }),
			'notOffered',
		],
		['a host of old', () => (sandbox.settings.offers = 'legacy'), 'notOffered'],
	])('tells %s', async (_what, change, kind) => {
		const { client } = open();
		change();
		expect((await failureOf(client.tools())).kind).toBe(kind);
	});
});

describe('with the example server of the protocol’s own SDK', () => {
	let server: ChildProcess;
	let host: string;
	beforeAll(async () => {
		const [port] = await freePorts(1);
		host = `http://127.0.0.1:${port}`;
		server = spawn(
			process.execPath,
			['node_modules/@modelcontextprotocol/sdk/dist/cjs/examples/server/simpleStreamableHttp.js'],
			{ env: { ...process.env, MCP_PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] },
		);
		await once(server.stdout as NodeJS.ReadableStream, 'data');
	});
	afterAll(async () => {
		const gone = once(server, 'exit');
		server.kill();
		await gone;
	});

	it('reads its tools and calls one, over a stream with notices in it', async () => {
		const { client } = mcpClient(host, fetching('none'));
		const tools = await client.tools();
		expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['greet']));
		const greet = named(tools, 'greet');
		expect(greet).toMatchObject({
			title: 'Greeting Tool',
			isReadOnly: false,
			fields: [{ name: 'name', type: 'string', isRequired: true }],
		});
		expect(await client.call(greet, { name: 'shop' }, 'k')).toEqual({ text: 'Hello, shop!' });
		const refusal = await failureOf(client.call({ ...greet, name: 'nothing' }, {}, 'k'));
		expect(refusal.details.kind).toBe('refused');
		expect(refusal.details.detail).toMatch(/nothing.*not found/);
	});
});

describe('with a server that misbehaves', () => {
	const HOST = 'https://pay.example.com';
	const TOOL: Tool = {
		name: 'make',
		title: undefined,
		description: undefined,
		isReadOnly: false,
		fields: [],
		takesMore: true,
	};
	const hello = (id: number) =>
		reply(200, JSON.stringify({ id, result: { protocolVersion: '2025-03-26' } }));
	const call = async (tool: Tool, ...steps: Parameters<typeof scripted>) => {
		const { sent, transport } = scripted(hello(1), reply(202, ''), ...steps);
		const failure = await failureOf(mcpClient(HOST, transport).client.call(tool, {}, 'k'));
		return { kind: failure.kind, sent: sent.length - 2 };
	};

	it.each([
		['401', reply(401, ''), 'unauthorized'],
		['a redirect', reply(302, ''), 'redirected'],
		['a firewall', reply(403, '<html>'), 'blocked'],
		['a 405', reply(405, ''), 'notOffered'],
		['words that are no message', reply(200, '{}'), 'unreadable'],
		['a 503', down(), 'unavailable'],
		['a reset', fault('interrupted'), 'interrupted'],
		['its own failure', reply(200, '{"id":2,"error":{"code":-32603}}'), 'unavailable'],
		['a refusal', reply(400, '{"id":2,"error":{"code":-32602,"message":"no"}}'), 'refused'],
	])('tells %s, and sends a write without a declared key once', async (_what, step, kind) => {
		expect(await call(TOOL, step)).toEqual({ kind, sent: 1 });
	});

	it('repeats what only reads', async () => {
		expect(await call({ ...TOOL, isReadOnly: true }, down(), down(), down())).toEqual({
			kind: 'unavailable',
			sent: 3,
		});
	});

	it('asks for no more than fifty pages of tools', async () => {
		let id = 1;
		const page = () => {
			id += 1;
			return reply(200, JSON.stringify({ id, result: { tools: [], nextCursor: 'more' } }));
		};
		const pages = Array.from({ length: 60 }, () => page);
		const { sent, transport } = scripted(hello(1), reply(202, ''), ...pages);
		expect(await mcpClient(HOST, transport).client.tools()).toEqual([]);
		expect(sent).toHaveLength(52);
	});
});
