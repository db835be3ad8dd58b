import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

import type { Headers } from './signing.mts';

/** How a receiver answered, or why it did not. */
export interface PostResult {
	readonly status?: number;
	/** The beginning of the answer. */
	readonly answer?: string;
	/** What the connection reported instead of an answer. */
	readonly broken?: string;
}

const LONGEST_ANSWER = 2000;

/** Whether the URL leads to this machine: the sandbox must never reach anybody else's server. */
export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { hostname } = new URL(url);
	return (
		hostname === 'localhost' ||
		hostname.endsWith('.localhost') ||
		hostname === '[::1]' ||
		/^127\.\d+\.\d+\.\d+$/.test(hostname)
	);
}

/** One POST on a connection of its own. Follows no redirect; never throws. */
export async function post(
	url: string,
	headers: Headers,
	body: string,
	{ timeoutMs, cancelled }: { timeoutMs: number; cancelled: AbortSignal },
): Promise<PostResult> {
	const bytes = Buffer.from(body, 'utf8');
	const open = url.startsWith('https:') ? requestHttps : requestHttp;
	return await new Promise<PostResult>((done) => {
		const request = open(
			url,
			{
				method: 'POST',
				agent: false,
				headers: { ...headers, 'Content-Length': String(bytes.length) },
				signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), cancelled]),
			},
			(response) => {
				let answer = '';
				response.setEncoding('utf8');
				response.on('data', (text: string) => {
					answer = (answer + text).slice(0, LONGEST_ANSWER);
				});
				response.on('end', () => done({ status: response.statusCode, answer }));
				response.on('error', (cause) => done({ broken: describe(cause, timeoutMs) }));
			},
		);
		request.on('error', (cause) => done({ broken: describe(cause, timeoutMs) }));
		request.end(bytes);
	});
}

function describe(cause: Error, timeoutMs: number): string {
	return cause.name === 'AbortError' || cause.name === 'TimeoutError'
		? `no answer within ${timeoutMs} ms`
		: cause.message;
}
