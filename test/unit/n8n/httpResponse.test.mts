import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onAnswer } from '../../../nodes/shared/n8n/httpResponse';

type Sender = { hangUp(): void; end(): void };

/** What is heard of an answer that is given this way, until its connection has closed. */
async function heardOf(answer: (response: ServerResponse, sender: Sender) => void) {
	const heard: number[] = [];
	let hangUp = () => {};
	await new Promise<void>((resolve) => {
		const server = createServer((_, response) => {
			const end = response.end.bind(response) as () => void;
			onAnswer(response as never, (status) => heard.push(status));
			answer(response, { hangUp: () => hangUp(), end });
			response.once('close', () => {
				server.close();
				resolve();
			});
		});
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			const sent = request({ port, agent: false }, (incoming) => {
				incoming.on('error', () => {}).resume();
			});
			// Some of the answers break off.
			sent.on('error', () => {}).end();
			hangUp = () => sent.destroy();
		});
	});
	return heard;
}

describe('The answer to a delivery', () => {
	it.each([
		['by n8n', (response: ServerResponse) => response.writeHead(200).end('OK')],
		[
			'in pieces',
			(response: ServerResponse) => {
				response.writeHead(200).write('O');
				response.end('K');
			},
		],
		[
			'past the end that we know',
			(response: ServerResponse, { end }: Sender) => {
				response.statusCode = 200;
				end();
			},
		],
		[
			'when it breaks off after its end',
			(response: ServerResponse, { end }: Sender) => {
				response.statusCode = 200;
				end();
				response.destroy();
			},
		],
		[
			'after the sender has hung up',
			(response: ServerResponse, { hangUp }: Sender) => {
				response.statusCode = 200;
				response.once('close', () => response.end());
				hangUp();
			},
		],
	])('is heard once when it is given %s', async (_how, answer) => {
		expect(await heardOf(answer)).toEqual([200]);
	});

	it('is not heard where the connection closes without one', async () => {
		expect(await heardOf((response) => void response.destroy())).toEqual([]);
	});
});
