import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A chat on this machine: an address at which messages arrive. */
export interface Chat {
	/** One for each conversation. */
	address(conversation: string): string;
	/** What has arrived there, oldest first. */
	messages(conversation: string): string[];
	close(): Promise<void>;
}

/** Starts a chat that takes `{ "text": … }`, as Slack and Mattermost do. */
export async function openChat(): Promise<Chat> {
	const received = new Map<string, string[]>();
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			const conversation = String(request.url).slice(1);
			const message = (JSON.parse(body) as { text: string }).text;
			received.set(conversation, [...(received.get(conversation) ?? []), message]);
			response.end('ok');
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		address: (conversation) => `http://127.0.0.1:${port}/${conversation}`,
		messages: (conversation) => received.get(conversation) ?? [],
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}
