import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server received it. */
export interface ReceivedRequest {
	method: string;
	/** With the query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A real server on this machine. */
export interface LoopbackServer {
	/** Without a slash at the end. */
	url: string;
	/** Everything that was asked of it, in order. */
	requests: ReceivedRequest[];
	close(): Promise<void>;
}

/** Answers one request; leaving it unanswered is allowed too, `close` ends it. */
export type Answer = (request: ReceivedRequest, response: ServerResponse) => Promise<void> | void;

/** Starts a server for answers that PonponPay's sandbox never gives: redirects, broken bodies, other services' pages. */
export async function startServer(answer: Answer): Promise<LoopbackServer> {
	const requests: ReceivedRequest[] = [];
	const server = createServer(async (incoming, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
		const request: ReceivedRequest = {
			method: incoming.method ?? '',
			path: incoming.url ?? '',
			headers: incoming.headers,
			body: Buffer.concat(chunks).toString('utf8'),
		};
		requests.push(request);
		await answer(request, response);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	// A test that fails before it closes its server must not keep jest from ending.
	server.unref();
	server.on('connection', (socket) => socket.unref());
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		close: async () =>
			await new Promise<void>((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};
}

/** Answers every request with this JSON. */
export function jsonAnswer(body: unknown, status = 200): Answer {
	return (_request, response) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(body));
	};
}

/** An address at which nothing listens: a port that was free a moment ago. */
export async function unreachableUrl(): Promise<string> {
	const server = await startServer(() => {});
	await server.close();
	return server.url;
}

/** Headers that speak of one connection, not of the request. */
const OF_THE_CONNECTION = /^(host|connection|content-length|transfer-encoding)$/;

/**
 * Passes a request on to another server and its answer back, so that a test can stand in between.
 *
 * @param target without a slash at the end
 */
export async function forward(
	target: string,
	{ method, path, headers, body }: ReceivedRequest,
	response: ServerResponse,
): Promise<void> {
	const own = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name));
	const answer = await fetch(target + path, {
		method,
		body,
		headers: own.map(([name, value]): [string, string] => [name, String(value)]),
	});
	response.writeHead(answer.status, {
		'content-type': answer.headers.get('content-type') ?? 'application/json',
	});
	response.end(Buffer.from(await answer.arrayBuffer()));
}
