import { isWebPage, retryAfterOf, type Reply } from '../api/answer';
import type { Connection } from '../api/client';
import type { Endpoint } from '../api/endpoints';
import { ApiFailure, isUnclear, type FailureDetails, type Outcome } from '../api/failure';
import { requireToolAllowed } from '../api/limits';
import { retry } from '../api/retry';
import { ANYTHING } from '../api/shapes/table';
import { messageIn } from './mcpMessage';
import type { KnownServer, Session } from './servers';
import { keyFieldOf, readToolResult, readTools, type Tool } from './mcpTool';

/** Of every host [P]. */
const MCP_PATH = '/mcp';
/** The newest revision that this client speaks; a server may choose an older one. */
const PROTOCOL = '2025-06-18';
/** A server that always says that there is more would be asked for ever. */
const MOST_PAGES = 50;
const LONGEST_DETAIL = 300;
/** JSON-RPC's own: something broke at the server, whatever it had done. */
const INTERNAL = -32603;

/** One request of JSON-RPC, and what it is for. */
type Asking = {
	readonly method: string;
	readonly params: Record<string, unknown>;
	readonly endpoint: Endpoint;
	/** Whether sending it once more does no harm. */
	readonly isRepeatable: boolean;
};

/**
 * PonponPay by MCP: Streamable HTTP, over the same connection as the API.
 *
 * What is known of a server, its session and its tools, outlives the client.
 */
export class McpClient {
	constructor(
		private readonly connection: Connection,
		private readonly known: KnownServer,
		/** Names this package and its version to the server. */
		private readonly clientInfo: { name: string; version: string },
	) {}

	/** The tools that the server offers to this key, asked for once in ten minutes. @throws ApiFailure */
	async tools(): Promise<readonly Tool[]> {
		const { now } = this.connection.environment;
		const listed = this.known.toolsAt(now());
		if (listed !== undefined) return listed;
		const tools: Tool[] = [];
		let cursor: unknown;
		for (let page = 1; page <= MOST_PAGES; page += 1) {
			const result = await this.ask({
				method: 'tools/list',
				params: cursor === undefined ? {} : { cursor },
				endpoint: endpointOf('list of tools', 'read'),
				isRepeatable: true,
			});
			tools.push(...readTools(result));
			cursor = result.nextCursor;
			if (typeof cursor !== 'string' || cursor === '') break;
		}
		this.known.keepTools(tools, now());
		return tools;
	}

	/**
	 * Calls a tool. One that may change something carries a key by which the server knows a repetition; without it, it is
	 * sent once.
	 *
	 * @param key the same for the same call, another for every other one
	 * @returns what the tool gives, without the API's envelope
	 * @throws ApiFailure; NotAllowed, before anything is sent
	 */
	async call(tool: Tool, given: Record<string, unknown>, key: string): Promise<unknown> {
		requireToolAllowed(this.connection.limits, tool);
		const keyField = keyFieldOf(tool);
		const name = keyField ?? (tool.takesMore ? 'idempotency_key' : undefined);
		const isKeyed = !tool.isReadOnly && name !== undefined;
		const endpoint = endpointOf(tool.name, tool.isReadOnly ? 'read' : 'change');
		const result = await this.ask({
			method: 'tools/call',
			params: { name: tool.name, arguments: isKeyed ? { ...given, [name]: key } : given },
			endpoint,
			isRepeatable: tool.isReadOnly || keyField !== undefined,
		});
		const read = readToolResult(result);
		if ('data' in read) return read.data;
		throw this.failure(endpoint, {
			kind: 'refused',
			code: read.code,
			detail: read.refusal?.slice(0, LONGEST_DETAIL),
		});
	}

	private async ask(asking: Asking): Promise<Record<string, unknown>> {
		const { policy, environment, pacer } = this.connection;
		const outcome = await retry(
			async (timeoutMs) =>
				await pacer.run(
					policy.totalMs,
					async () => await this.askInSession(asking, timeoutMs),
					(retryAfterMs) => this.failure(asking.endpoint, { kind: 'rateLimited', retryAfterMs }),
				),
			(failure) => failure.kind === 'rateLimited' || (asking.isRepeatable && isUnclear(failure)),
			policy,
			environment,
		);
		if (outcome.failure) throw outcome.failure;
		return outcome.data;
	}

	/** A session that the server has ended is opened anew, once: it refused, and so did nothing. */
	private async askInSession(
		asking: Asking,
		timeoutMs: number,
	): Promise<Outcome<Record<string, unknown>>> {
		const old = this.known.session;
		if (old !== undefined) {
			const outcome = await this.post(asking, old, timeoutMs);
			if (outcome.failure === undefined || !isSessionOver(outcome.failure, old)) return outcome;
			this.known.session = undefined;
		}
		const opened = await this.open(asking.endpoint, timeoutMs);
		if (opened.failure) return opened;
		return await this.post(asking, opened.data, timeoutMs);
	}

	private async open(endpoint: Endpoint, timeoutMs: number): Promise<Outcome<Session>> {
		const hello = await this.exchange(
			{
				method: 'initialize',
				params: { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: this.clientInfo },
				endpoint,
				isRepeatable: true,
			},
			undefined,
			timeoutMs,
		);
		if (hello.failure) return hello;
		const { result, headers } = hello.data;
		const { protocolVersion } = result;
		const id = headers['mcp-session-id'];
		const session: Session = {
			id: typeof id === 'string' && id !== '' ? id : undefined,
			protocol: typeof protocolVersion === 'string' ? protocolVersion : PROTOCOL,
		};
		await this.send({ method: 'notifications/initialized' }, session, timeoutMs);
		this.known.session = session;
		return { data: session };
	}

	private async post(
		asking: Asking,
		session: Session,
		timeoutMs: number,
	): Promise<Outcome<Record<string, unknown>>> {
		const outcome = await this.exchange(asking, session, timeoutMs);
		return outcome.failure ? outcome : { data: outcome.data.result };
	}

	private async exchange(
		{ method, params, endpoint }: Asking,
		session: Session | undefined,
		timeoutMs: number,
	): Promise<Outcome<{ result: Record<string, unknown>; headers: Reply['headers'] }>> {
		if (this.connection.environment.isCancelled()) {
			return { failure: this.failure(endpoint, { kind: 'cancelled' }) };
		}
		const id = this.known.nextId();
		const answer = await this.send({ id, method, params }, session, timeoutMs);
		if ('fault' in answer) return { failure: this.failure(endpoint, answer.fault) };
		const { reply } = answer;
		const told = (details: Pick<FailureDetails, 'kind'> & Partial<FailureDetails>) => ({
			failure: this.failure(endpoint, { httpStatus: reply.status, ...details }),
		});
		const { status, headers } = reply;
		const retryAfterMs = retryAfterOf(headers, this.connection.environment.now());
		if (status >= 300 && status < 400) return told({ kind: 'redirected' });
		if (status === 403 && isWebPage(reply.body)) return told({ kind: 'blocked' });
		if (status === 401 || status === 403) return told({ kind: 'unauthorized' });
		if (status === 429) return told({ kind: 'rateLimited', retryAfterMs });
		if (status >= 500) return told({ kind: 'unavailable', retryAfterMs });
		const message = messageIn(reply, id);
		if (message !== undefined && 'result' in message) return { data: { ...message, headers } };
		if (status === 404 || status === 405) return told({ kind: 'notOffered' });
		if (message === undefined) return told({ kind: 'unreadable', expected: 'an answer of MCP' });
		const { code, message: detail } = message.error;
		return told({
			kind: code === INTERNAL ? 'unavailable' : 'refused',
			code,
			detail: detail?.slice(0, LONGEST_DETAIL),
		});
	}

	private async send(
		message: Record<string, unknown>,
		session: Session | undefined,
		timeoutMs: number,
	) {
		const ofSession = session && {
			...(session.id !== undefined && { 'Mcp-Session-Id': session.id }),
			'MCP-Protocol-Version': session.protocol,
		};
		return await this.connection.transport({
			method: 'POST',
			url: this.connection.host + MCP_PATH,
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
			headers: { Accept: 'application/json, text/event-stream', ...ofSession },
			timeoutMs,
		});
	}

	private failure(
		endpoint: Endpoint,
		details: Pick<FailureDetails, 'kind'> & Partial<FailureDetails>,
	): ApiFailure {
		return new ApiFailure({ endpoint, host: this.connection.host, ...details });
	}
}

function endpointOf(what: string, effect: 'read' | 'change'): Endpoint {
	return { path: `${MCP_PATH} (${what})`, standing: 'mcp', effect, answers: ANYTHING };
}

/** 404 by the specification; 400 of servers that follow the example of its SDK. */
function isSessionOver({ details }: ApiFailure, { id }: Session): boolean {
	return id !== undefined && (details.httpStatus === 404 || details.httpStatus === 400);
}
