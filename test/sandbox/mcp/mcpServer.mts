import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { FastifyRequest } from 'fastify';

import { enveloped, plain, type Answer } from '../http/answer.mts';
import { bodyOf } from '../http/exchange.mts';
import { Input } from '../http/input.mts';
import type { Endpoints } from '../http/endpoints/endpoint.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { Account } from '../state/accounts.mts';
import { writeJson, type WireValue } from '../wire.mts';
import type { World } from '../world.mts';
import { TOOL_SETS, type SandboxTool } from './toolSets.mts';

type Arguments = Readonly<Record<string, unknown>>;
type ToolAnswer = {
	content: Array<{ type: 'text'; text: string }>;
	structuredContent?: Record<string, unknown>;
	isError?: boolean;
};

const KEY = 'idempotency_key';

/**
 * The vendor's MCP server, built with the protocol's own SDK, over the same world as the API.
 *
 * The SDK is loaded when somebody calls: most who start a sandbox do not.
 */
export class McpServer {
	private readonly sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
	/** What each key was used for, and what it gave. */
	private readonly done = new Map<string, { what: string; answer: ToolAnswer }>();

	constructor(
		private readonly world: World,
		private readonly endpoints: Endpoints,
	) {}

	async serve(account: Account, request: FastifyRequest): Promise<Answer> {
		if (request.method === 'GET') return enveloped(405, 405, 'method not allowed', null);
		const body = bodyOf(request);
		const { 'mcp-session-id': session } = request.headers;
		const known = typeof session === 'string' ? this.sessions.get(session) : undefined;
		if (typeof session === 'string' && !known) {
			return plain(
				404,
				'application/json',
				'{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}',
			);
		}
		const transport = known ?? (await this.open(account));
		const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
			name,
			String(value),
		]);
		const response = await transport.handleRequest(
			new Request(`http://127.0.0.1/mcp`, {
				method: request.method,
				headers: headers.filter(
					([name]) => !/^(content-length|connection|host|transfer-encoding)$/.test(name),
				),
				...(request.method === 'POST' && { body }),
			}),
		);
		const text = await response.text();
		const answer = plain(
			response.status,
			response.headers.get('content-type') ?? 'text/plain',
			text,
		);
		const id = response.headers.get('mcp-session-id');
		return {
			...answer,
			headers: { ...answer.headers, ...(id !== null && { 'mcp-session-id': id }) },
		};
	}

	private async open(account: Account): Promise<WebStandardStreamableHTTPServerTransport> {
		const { WebStandardStreamableHTTPServerTransport: Transport } =
			await import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js');
		const { sessions, answers } = this.world.settings.mcp;
		const transport: WebStandardStreamableHTTPServerTransport = new Transport({
			enableJsonResponse: answers === 'json',
			...(sessions && {
				sessionIdGenerator: () => this.world.random.hex(32),
				onsessioninitialized: (id: string) => void this.sessions.set(id, transport),
				onsessionclosed: (id: string) => void this.sessions.delete(id),
			}),
		});
		await (await this.serverFor(account)).connect(transport);
		return transport;
	}

	private async serverFor(account: Account): Promise<Server> {
		const { Server: SdkServer } = await import('@modelcontextprotocol/sdk/server/index.js');
		const { CallToolRequestSchema, ListToolsRequestSchema } =
			await import('@modelcontextprotocol/sdk/types.js');
		const server = new SdkServer(
			{ name: 'polypay-sandbox', version: '1.0.0' },
			{ capabilities: { tools: {} } },
		);
		server.setRequestHandler(ListToolsRequestSchema, ({ params }) => this.list(params?.cursor));
		server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
			return await this.call(account, params.name, params.arguments ?? {});
		});
		return server;
	}

	private get tools(): readonly SandboxTool[] {
		const { tools, without } = this.world.settings.mcp;
		const all: readonly SandboxTool[] = TOOL_SETS[tools].tools;
		return all.filter(({ name }) => !without.includes(name));
	}

	/** In pages of five, so that a client that reads only the first one is found out. */
	private list(cursor = '0') {
		const [from, size] = [Number(cursor), 5];
		const tools = this.tools.slice(from, from + size).map((tool) => ({
			name: tool.name,
			description: tool.description,
			annotations: { readOnlyHint: tool.isReadOnly },
			inputSchema: {
				type: 'object' as const,
				properties: {
					...Object.fromEntries(
						Object.entries(tool.fields).map(([name, { schema }]) => [name, schema]),
					),
					...(!tool.isReadOnly && { [KEY]: { type: 'string' } }),
				},
				required: [...(tool.required ?? []), ...(tool.isReadOnly ? [] : [KEY])],
				additionalProperties: false,
			},
		}));
		const isMore = from + size < this.tools.length;
		return { tools, ...(isMore && { nextCursor: String(from + size) }) };
	}

	private async call(account: Account, name: string, given: Arguments): Promise<ToolAnswer> {
		const tool = this.tools.find((each) => each.name === name);
		if (!tool) return refusal(`Tool ${name} not found`);
		const allowed = [...Object.keys(tool.fields), ...(tool.isReadOnly ? [] : [KEY])];
		const strange = Object.keys(given).find((field) => !allowed.includes(field));
		if (strange !== undefined) return refusal(`Unrecognized key: ${strange}`);
		const missing = tool.required?.find((field) => given[field] === undefined);
		if (missing !== undefined) return refusal(`${missing} is required`);
		if (tool.isReadOnly) return await this.work(account, tool, given);
		return await this.once(account, tool, given);
	}

	/** The same key is for an identical repetition, and does the work once. */
	private async once(account: Account, tool: SandboxTool, given: Arguments): Promise<ToolAnswer> {
		const key = given[KEY];
		if (typeof key !== 'string' || key === '') return refusal(`${KEY} is required`);
		const what = JSON.stringify([tool.name, given]);
		const known = this.done.get(key);
		if (known && known.what !== what) return refusal(`${KEY} was used for another request`);
		const answer = known?.answer ?? (await this.work(account, tool, given));
		if (answer.isError !== true) this.done.set(key, { what, answer });
		return answer;
	}

	private async work(account: Account, tool: SandboxTool, given: Arguments): Promise<ToolAnswer> {
		const fields = Object.entries(given)
			.filter(([name]) => name !== KEY)
			.map(([name, value]) => [tool.fields[name]?.means ?? name, value]);
		try {
			const input = Input.parse(JSON.stringify(Object.fromEntries(fields)));
			return this.say(await this.do(account, tool, input));
		} catch (cause) {
			if (cause instanceof Refusal) return refusal(cause.message);
			throw cause;
		}
	}

	private async do(account: Account, { work }: SandboxTool, input: Input): Promise<WireValue> {
		const { world } = this;
		if ('search' in work)
			return { results: [{ title: 'Orders', url: 'https://docs.example.com' }] };
		if ('redeliver' in work) {
			const tradeId = input.requiredText('trade_id');
			const order = world.orders.find(account, { tradeId, mchOrderId: undefined });
			const sent = world.outbox.all().filter(({ subjectId }) => subjectId === order.tradeId);
			await Promise.all(sent.map(async (delivery) => await world.outbox.redeliver(delivery)));
			return { trade_id: order.tradeId, redelivered: sent.length };
		}
		const handler = this.endpoints[work.endpoint];
		if (!handler) throw new Refusal(CODE.parameter, `there is no ${work.endpoint}`);
		return await handler({ world, account, input });
	}

	private say(data: WireValue): ToolAnswer {
		const { answer } = TOOL_SETS[this.world.settings.mcp.tools];
		const value = writeJson(answer === 'envelope' ? { code: 0, message: 'success', data } : data);
		const content = [{ type: 'text' as const, text: value }];
		if (answer !== 'value') return { content };
		return { content, structuredContent: JSON.parse(value) as Record<string, unknown> };
	}
}

function refusal(why: string): ToolAnswer {
	return { content: [{ type: 'text', text: why }], isError: true };
}
