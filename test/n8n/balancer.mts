import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several processes of n8n: requests go to each in turn. */
export interface Balancer {
	/** Without a slash at its end. */
	readonly url: string;
	close(): void;
}

/**
 * Starts one on the loopback interface; `aim()` names those whom requests go to. Whoever does not listen is passed over; with
 * nobody left, or when one dies in the middle of an answer, the sender is told 502, as by other balancers.
 */
export async function startBalancer(aim: () => readonly string[]): Promise<Balancer> {
	let turns = 0;
	const server = createServer((incoming, outgoing) => {
		const targets = aim();
		turns += 1;
		const inTurn = targets.map((_, index) => targets[(turns + index) % targets.length]);
		void readBody(incoming).then((body) => forward(incoming, body, outgoing, inTurn));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function forward(
	incoming: IncomingMessage,
	body: Buffer,
	outgoing: ServerResponse,
	[target, ...others]: readonly string[],
): void {
	if (target === undefined) {
		outgoing.writeHead(502).end();
		return;
	}
	const { method, headers } = incoming;
	const onward = request(`${target}${incoming.url}`, { method, headers }, (answer) => {
		outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(outgoing);
		answer.on('error', () => outgoing.destroy());
	});
	onward.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'ECONNREFUSED') forward(incoming, body, outgoing, others);
		else if (outgoing.headersSent) outgoing.destroy();
		else outgoing.writeHead(502).end();
	});
	outgoing.on('close', () => onward.destroy());
	onward.end(body);
}
