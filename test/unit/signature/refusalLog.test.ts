import { signsOfChange } from '../../../nodes/shared/signature/diagnose';
import { explainRefusal } from '../../../nodes/shared/signature/explainRefusal';
import { RequestHeaders } from '../../../nodes/shared/signature/headers';
import { refuse } from '../../../nodes/shared/signature/refusal';
import { PAUSE_MS, RefusalLog } from '../../../nodes/shared/signature/refusalLog';
import { TRUST } from './receiver';
import { BODY, HEADERS_A, HEADERS_B, SECRET, TIMESTAMP } from './vectors.mts';

describe('The log of refusals', () => {
	it('tells a cause once a minute, and then how many went untold', () => {
		let now = 0;
		const log = new RefusalLog(() => now);
		expect([log.note('a'), log.note('a'), log.note('b'), log.note('a')]).toEqual([
			0,
			undefined,
			0,
			undefined,
		]);
		now = PAUSE_MS;
		expect([log.note('a'), log.note('a')]).toEqual([2, undefined]);
		now = 3 * PAUSE_MS;
		expect(log.note('b')).toBe(0);
	});

	it('names scheme, header and clock', () => {
		const stale = refuse('stale', { scheme: 'apiKey', header: 'X-Timestamp', clockOffset: -400 });
		expect(explainRefusal(stale)).toContain(
			'(signature: API key, header: X-Timestamp, clock: the delivery is 400 seconds behind this server)',
		);
		const ahead = refuse('stale', { scheme: 'ed25519', clockOffset: 301 });
		expect(explainRefusal(ahead)).toContain('301 seconds ahead of this server');
	});
});

describe('A body that was changed on the way', () => {
	const tools = { now: () => TIMESTAMP * 1000, lookUpKey: async () => 'unknown' as const };
	const look = async (headers: Record<string, string>, body: string | Buffer) =>
		await signsOfChange(
			refuse('wrongSignature'),
			{ headers: RequestHeaders.fromAnySpelling(headers), body: Buffer.from(body) },
			{ ...TRUST, secrets: [SECRET] },
			tools,
		);
	const text = BODY.toString();

	it.each([
		['has a line feed at its end', `${text}\n`],
		['begins with a byte order mark', `\uFEFF${text}`],
		['is indented', JSON.stringify(JSON.parse(text), undefined, 4)],
		['has spaces after its colons', text.replaceAll('":', '": ')],
	])('is recognised when it %s', async (_how, body) => {
		expect(await look(HEADERS_A, body)).toContain('rewrites the body');
		expect(await look(HEADERS_B, body)).toContain('rewrites the body');
	});

	it('is recognised by its length', async () => {
		const headers = { ...HEADERS_B, 'Content-Length': String(BODY.length) };
		expect(await look(headers, text.slice(0, -4))).toContain('Content-Length');
		const packed = { ...headers, 'Content-Encoding': 'gzip' };
		expect(await look(packed, text.slice(0, -4))).toBeUndefined();
	});

	it('is not suspected when the content differs', async () => {
		expect(await look(HEADERS_B, text.replace('25.0001', '2500.01'))).toBeUndefined();
		expect(await look(HEADERS_B, 'not JSON')).toBeUndefined();
		expect(await look(HEADERS_B, Buffer.alloc(100_000))).toBeUndefined();
	});
});
