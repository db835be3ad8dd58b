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

/** A mail as a person sees it. */
export interface ReadMail {
	to: string;
	text: string;
	/** The picture that comes with it; empty where there is none. */
	picture: Buffer;
}

/** Reads a mail of n8n: text alone, or text and a picture. */
export function readMail(mail: string): ReadMail {
	const [head] = mail.split('\n\n', 1);
	const boundary = /boundary="([^"]+)"/.exec(mail)?.[1];
	const parts = boundary === undefined ? [mail] : mail.split(`--${boundary}`);
	return {
		to: /^To: (.*)$/m.exec(head)?.[1] ?? '',
		text: decoded(parts.find((part) => /^Content-Type: text\/plain/m.test(part)) ?? '').toString(),
		picture: decoded(parts.find((part) => /^Content-Type: image\//m.test(part)) ?? ''),
	};
}

function decoded(part: string): Buffer {
	const [head, ...rest] = part.trim().split('\n\n');
	const body = rest.join('\n\n');
	const encoding = /^Content-Transfer-Encoding: (\S+)$/im.exec(head)?.[1];
	if (encoding === 'base64') return Buffer.from(body, 'base64');
	if (encoding !== 'quoted-printable') return Buffer.from(body);
	const bytes = body
		.replaceAll('=\n', '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1');
}
