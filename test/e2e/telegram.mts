import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What n8n's Telegram nodes see of Telegram, on this machine. */
export interface Telegram {
	/** The credential's "Base URL". */
	url: string;
	/** Somebody writes to the bot; returns the status that n8n answered. */
	write(chatId: number, message: string): Promise<number>;
	/** What the bot has written there, oldest first. */
	messages(chatId: number): string[];
	close(): Promise<void>;
}

interface BotCall {
	url?: string;
	secret_token?: string;
	chat_id?: number | string;
	text?: string;
}

/** Starts a Telegram with one bot. */
export async function openTelegram(): Promise<Telegram> {
	let hook: BotCall = {};
	const sent: BotCall[] = [];
	const answer = (method: string, call: BotCall): unknown => {
		if (method === 'getWebhookInfo') return { url: hook.url ?? '' };
		if (method === 'setWebhook') hook = call;
		if (method === 'deleteWebhook') hook = {};
		if (method === 'sendMessage') {
			sent.push(call);
			return { message_id: sent.length, chat: { id: call.chat_id }, text: call.text };
		}
		return true;
	};
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			const method = String(request.url).split('/').at(-1) ?? '';
			const result = answer(method, JSON.parse(body || '{}') as BotCall);
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify({ ok: true, result }));
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		write: async (chatId, message) => {
			const { status } = await fetch(String(hook.url), {
				method: 'POST',
				headers: {
					'Content-Type': 'application/json',
					'X-Telegram-Bot-Api-Secret-Token': String(hook.secret_token),
				},
				body: JSON.stringify({ update_id: 1, message: { chat: { id: chatId }, text: message } }),
			});
			return status;
		},
		messages: (chatId) =>
			sent
				.filter(({ chat_id }) => String(chat_id) === String(chatId))
				.map((call) => String(call.text)),
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}
