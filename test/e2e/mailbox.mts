import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server on this machine that keeps what it gets. */
export interface Mailbox {
	port: number;
	/** As they came, headers first; oldest first. */
	mails(): string[];
	close(): Promise<void>;
}

/** Starts a mail server that takes every mail: SMTP without encryption and without accounts. */
export async function openMailbox(): Promise<Mailbox> {
	const received: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		converse(socket, (mail) => received.push(mail));
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		port: (server.address() as AddressInfo).port,
		mails: () => [...received],
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}

/** One connection: lines are commands, but between DATA and a lone dot they are the mail. */
function converse(socket: Socket, keep: (mail: string) => void): void {
	let unread = '';
	let mail: string[] | undefined;
	socket.setEncoding('utf8').on('error', () => socket.destroy());
	socket.on('data', (chunk: string) => {
		const lines = (unread + chunk).split('\r\n');
		unread = lines.pop() ?? '';
		for (const line of lines) {
			if (mail === undefined) {
				if (/^DATA$/i.test(line)) mail = [];
				socket.write(answerTo(line));
			} else if (line === '.') {
				keep(mail.join('\n'));
				mail = undefined;
				socket.write('250 kept\r\n');
			} else {
				mail.push(line);
			}
		}
	});
	socket.write('220 mailbox\r\n');
}

function answerTo(command: string): string {
	if (/^DATA$/i.test(command)) return '354 go on\r\n';
	return /^QUIT$/i.test(command) ? '221 bye\r\n' : '250 ok\r\n';
}
