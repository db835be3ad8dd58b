import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ModelMessage {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string | null;
}

/** A call of a tool as the model wants it. */
export interface ModelCall {
	tool: string;
	arguments: Record<string, unknown>;
}

/** What the model was asked, with the tools it was offered. */
export interface ModelRequest {
	messages: ModelMessage[];
	tools: Array<{ function: { name: string; description: string; parameters: unknown } }>;
}

/** A language model that does what a test says, behind the HTTP interface that n8n's OpenAI model node speaks. */
export interface FakeModel {
	url: string;
	requests: ModelRequest[];
	close(): Promise<void>;
}

/** @param think answers with calls of tools, or with words for the person */
export async function startFakeModel(
	think: (request: ModelRequest) => ModelCall[] | string,
): Promise<FakeModel> {
	const requests: ModelRequest[] = [];
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			const asked = JSON.parse(body) as ModelRequest & { stream?: boolean };
			requests.push(asked);
			const thought = think(asked);
			const isWords = typeof thought === 'string';
			const message = isWords
				? { role: 'assistant', content: thought }
				: { role: 'assistant', content: null, tool_calls: thought.map(toolCall) };
			const finish_reason = isWords ? 'stop' : 'tool_calls';
			const answer = { id: 'chatcmpl-1', created: 1, model: 'fake' };
			if (asked.stream !== true) {
				response.setHeader('Content-Type', 'application/json');
				const choices = [{ index: 0, message, finish_reason }];
				response.end(JSON.stringify({ ...answer, object: 'chat.completion', choices }));
				return;
			}
			response.setHeader('Content-Type', 'text/event-stream');
			const choices = [{ index: 0, delta: message, finish_reason }];
			const chunk = { ...answer, object: 'chat.completion.chunk', choices };
			response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}

let count = 0;

function toolCall(call: ModelCall, index: number) {
	count += 1;
	return {
		index,
		id: `call_${count}`,
		type: 'function',
		function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
	};
}
