import type { IWebhookFunctions } from 'n8n-workflow';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** An answer as it was given, before anything packs it for the way. */
export type RecordedAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
	/** Empty where it was longer than was to be recorded. */
	readonly body: Buffer;
	/** Whether all of the body was recorded. */
	readonly isWhole: boolean;
};

/** What to do with an answer. */
export type Recording = {
	/** Of the body, at most. */
	readonly mostBytes: number;
	/** What is said instead of an answer that nobody has seen yet, as JSON; `undefined`: the answer stays. */
	replace(status: number, body: Buffer): { status: number; body: object } | undefined;
	/** Hears of the answer once, also where nobody is there any more to get it. */
	onEnd(answer: RecordedAnswer): void;
};

/**
 * Hears the answer that n8n gives to a request, and may replace one that is given in one piece. A file that n8n 1 holds in memory,
 * and would answer as the JSON of its bytes, is answered as a file.
 *
 * Seen in n8n-core 1.120 to 2.41: `webhook()` gets the very object by which n8n's server answers later, when the last node has
 * finished or when Respond to Webhook answers. Without that nobody would know whether a paid call was answered. That the server
 * answers through it in all its ways is held on 2.41.1 and 1.123.81 by test/e2e/paywall.test.mts.
 */
export function recordAnswer(response: Response, { mostBytes, replace, onEnd }: Recording): void {
	const chunks: Buffer[] = [];
	let size = 0;
	let isEnded = false;
	/** As they were before anything was sent: what packs the answer for the way adds to them. */
	let headers: RecordedAnswer['headers'] | undefined;
	const record = (bytes: Buffer) => {
		size += bytes.length;
		if (size <= mostBytes) chunks.push(bytes);
	};
	const json = response.json.bind(response);
	response.json = (body: unknown) => (Buffer.isBuffer(body) ? response.send(body) : json(body));
	const write = response.write.bind(response) as (...args: unknown[]) => boolean;
	response.write = ((...args: unknown[]) => {
		headers ??= response.getHeaders();
		if (!isEnded) record(bytesOf(args));
		return write(...args);
	}) as Response['write'];
	const end = response.end.bind(response) as (...args: unknown[]) => Response;
	response.end = ((...args: unknown[]) => {
		if (isEnded) return end(...args);
		isEnded = true;
		const last = bytesOf(args);
		const instead =
			size === 0 && !response.headersSent ? replace(response.statusCode, last) : undefined;
		if (instead === undefined) record(last);
		const text = instead && JSON.stringify(instead.body);
		if (instead !== undefined && text !== undefined) {
			response.status(instead.status);
			record(Buffer.from(text));
			response.removeHeader('ETag');
			response.setHeader('Content-Type', 'application/json; charset=utf-8');
			response.setHeader('Content-Length', Buffer.byteLength(text));
		}
		const isWhole = size <= mostBytes;
		onEnd({
			status: response.statusCode,
			headers: headers ?? response.getHeaders(),
			body: isWhole ? Buffer.concat(chunks) : Buffer.alloc(0),
			isWhole,
		});
		return text === undefined ? end(...args) : end(text);
	}) as Response['end'];
}

/** What `write` and `end` of a response may be called with first, as bytes. */
function bytesOf([chunk, encoding]: unknown[]): Buffer {
	if (typeof chunk === 'string') {
		return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
	}
	return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
}
