import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	readonly headers: IncomingHttpHeaders;
	/** The raw text. */
	readonly body: string;
}

/** A merchant's server: receives callbacks and answers as told. */
export interface Receiver {
	readonly url: string;
	readonly received: Received[];
	/** The status of the answers from now on. */
	answerWith(status: number, headers?: Record<string, string>): void;
	close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	let answer: { status: number; headers: Record<string, string> } = { status: 200, headers: {} };
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
		response.writeHead(answer.status, answer.headers).end('OK');
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/callback`,
		received,
		answerWith: (status, headers = {}) => {
			answer = { status, headers };
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}
