import { header } from './headers';
import type { Refusal } from './refusal';
import type { Trust } from './trust';
import { verifySignature, type Delivery, type VerifyTools } from './verifySignature';

/**
 * Larger bodies are not worth the time: callbacks have about a kilobyte, and a forged one of 64 kB could be written so that
 * the search would take seconds.
 */
const LONGEST_BODY = 8 * 1024;

const CONTENT_LENGTH = header('Content-Length', /^\d{1,15}$/);
const CONTENT_ENCODING = header('Content-Encoding', /^/);

/** What programs on the way do to JSON. Each undoes one of them. */
const UNDO: ReadonlyArray<(text: string) => string> = [
	(text) => text.trim(),
	(text) => text.replace(/^\uFEFF/, ''),
	(text) => text.replace(/\r\n/g, '\n'),
	(text) => text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : '')),
	(text) => JSON.stringify(JSON.parse(text)),
	(text) => JSON.stringify(JSON.parse(text), undefined, 2),
	(text) => text.replaceAll('/', '\\/'),
	(text) => text.replaceAll('\\/', '/'),
];

/**
 * Looks for signs that something between PonponPay and n8n changed the body of a delivery, if it was refused because its
 * signature does not fit.
 *
 * Only for the log: a delivery stays refused whatever is found. Uses up no nonce.
 *
 * @returns a sentence, or `undefined` where there is no sign of it
 */
export async function signsOfChange(
	{ reason }: Refusal,
	delivery: Delivery,
	trust: Trust,
	tools: Omit<VerifyTools, 'nonces'>,
): Promise<string | undefined> {
	if (reason !== 'wrongSignature' || delivery.body.length > LONGEST_BODY) return undefined;
	const nonces = { claim: () => 'first' as const, release: () => {} };
	for (const body of variants(delivery.body)) {
		const { accepted } = await verifySignature({ ...delivery, body }, trust, { ...tools, nonces });
		if (accepted) {
			return 'The signature fits the same JSON written differently: something rewrites the body, mostly a proxy or firewall in front of n8n. Let it pass callbacks through unchanged';
		}
	}
	return lengthDiffers(delivery)
		? 'The body is not as long as its Content-Length says: a proxy in front of n8n may have changed it'
		: undefined;
}

function variants(body: Buffer): Buffer[] {
	const text = body.toString('utf8');
	const texts = new Set(UNDO.map((undo) => attempt(undo, text)));
	texts.delete(text);
	return [...texts].map((variant) => Buffer.from(variant, 'utf8'));
}

/** What is not JSON has no variants as JSON. */
function attempt(undo: (text: string) => string, text: string): string {
	try {
		return undo(text);
	} catch {
		return text;
	}
}

function lengthDiffers({ headers, body }: Delivery): boolean {
	const length = headers.read(CONTENT_LENGTH);
	return length !== undefined && !headers.has(CONTENT_ENCODING) && Number(length) !== body.length;
}
