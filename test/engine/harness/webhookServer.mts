import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip, createInflate } from 'node:zlib';
import express from 'express';
import type { Request, Response } from 'express';

/** n8n's default `N8N_PAYLOAD_SIZE_MAX`. */
const LARGEST_BODY = 16 * 1024 * 1024;

/** A request as n8n hands it to `webhook()`. */
export type WebhookRequest = Request & { rawBody?: Buffer; readRawBody?: () => Promise<void> };

/** What n8n reads and parses before it asks a node of a version above 1; the rest a node may read by itself. */
const PARSABLE = /^(?:application\/json|text\/plain|application\/x-www-form-urlencoded)$|[/+]xml$/;

/** A server that receives webhooks as n8n does. */
export interface WebhookServer {
	/** Without a slash at the end. */
	url: string;
	close(): Promise<void>;
}

async function readBody(request: Request): Promise<Buffer> {
	const encoding = request.headers['content-encoding'];
	const source =
		encoding === 'gzip'
			? request.pipe(createGunzip())
			: encoding === 'deflate'
				? request.pipe(createInflate())
				: request;
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of source) {
		size += (chunk as Buffer).length;
		if (size > LARGEST_BODY) throw new RangeError('request entity too large');
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks);
}

/** The body as n8n parses it, by content type; undefined where n8n leaves it alone. */
function parse(contentType: string, raw: Buffer): unknown {
	const text = raw.toString('utf8').replace(/^\uFEFF/, '');
	if (raw.length === 0) return undefined;
	if (contentType === 'application/json') return JSON.parse(text);
	if (contentType === 'application/x-www-form-urlencoded') {
		return Object.fromEntries(new URLSearchParams(text));
	}
	return contentType === 'text/plain' ? text : undefined;
}

type Receiver = (request: WebhookRequest, response: Response) => Promise<void>;

async function handle(request: WebhookRequest, response: Response, receive: Receiver) {
	const contentType = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
	request.readRawBody = async () => {
		request.rawBody ??= await readBody(request);
	};
	if (PARSABLE.test(contentType)) {
		try {
			await request.readRawBody();
		} catch (refusal) {
			response.status(500).json({ code: 0, message: String(refusal) });
			return;
		}
		try {
			request.body = parse(contentType, request.rawBody ?? Buffer.alloc(0));
		} catch {
			response.status(422).json({ code: 422, message: 'Failed to parse request body' });
			return;
		}
	}
	await receive(request, response);
}

/**
 * Starts an HTTP server that treats requests as n8n's does before a trigger node sees them: `rawBody` with the unpacked bytes,
 * `body` parsed by content type, 422 for JSON that is none, 500 for what is too large.
 */
export async function startWebhookServer(receive: Receiver): Promise<WebhookServer> {
	const app = express();
	app.disable('x-powered-by');
	app.use((request, response, next) => {
		handle(request, response, receive).catch(next);
	});
	const server = createServer(app);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	// A test that fails before it closes its trigger must not keep jest from ending.
	server.unref();
	server.on('connection', (socket) => socket.unref());
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () =>
			await new Promise<void>((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};
}
