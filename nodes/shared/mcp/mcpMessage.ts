import type { Reply } from '../api/answer';
import { isRecord } from '../fields/field';
import { parseJsonExactly } from '../model/json';

/** What a server says to one request of ours. */
export type McpMessage =
	| { readonly result: Record<string, unknown> }
	| { readonly error: { readonly code: number; readonly message: string | undefined } };

/**
 * The message that answers a request, out of an answer that is JSON or a stream of events, alone or among others.
 *
 * @param id the request's
 * @returns `undefined` where there is none
 */
export function messageIn({ headers, body }: Reply, id: number): McpMessage | undefined {
	const isStream = /^text\/event-stream\b/i.test(String(headers['content-type'] ?? ''));
	const texts = isStream ? dataOfEvents(body) : [body];
	const messages = texts.flatMap(parsed).filter(isRecord);
	const own = messages.find((message) => message.id === id);
	// A request that was not understood is refused without its id.
	const refusal = messages.find((message) => message.id === null && isRecord(message.error));
	return readMessage(own ?? refusal);
}

function readMessage(message: Record<string, unknown> | undefined): McpMessage | undefined {
	if (message === undefined) return undefined;
	const { result, error } = message;
	if (isRecord(result)) return { result };
	if (!isRecord(error)) return undefined;
	const text = typeof error.message === 'string' ? error.message : undefined;
	return { error: { code: Number(error.code), message: text } };
}

/** What stands under `data` in each event of a stream. */
function dataOfEvents(stream: string): string[] {
	return stream
		.split(/\r\n\r\n|\n\n|\r\r/)
		.map((event) =>
			event
				.split(/\r\n|\n|\r/)
				.filter((line) => line.startsWith('data:'))
				.map((line) => line.slice('data:'.length).replace(/^ /, ''))
				.join('\n'),
		)
		.filter((data) => data !== '');
}

function parsed(text: string): unknown[] {
	try {
		const value = parseJsonExactly(text);
		return Array.isArray(value) ? (value as unknown[]) : [value];
	} catch {
		return [];
	}
}
