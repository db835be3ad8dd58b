import {
	connectionFault,
	n8nEnvironment,
	requestOptions,
} from '../../../nodes/shared/api/connection';

const broken = (code: unknown, cause?: unknown) =>
	Object.assign(new Error('request to https://x with X-API-Key: sk_live_1'), { code, cause });

describe('a connection that failed', () => {
	it.each([
		['ENOTFOUND'],
		['EAI_AGAIN'],
		['ECONNREFUSED'],
		['EHOSTUNREACH'],
		['ENETUNREACH'],
		['EADDRNOTAVAIL'],
		['EPROTO'],
		['ERR_INVALID_URL'],
		['ERR_TLS_CERT_ALTNAME_INVALID'],
		['CERT_HAS_EXPIRED'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		['DEPTH_ZERO_SELF_SIGNED_CERT'],
		['SELF_SIGNED_CERT_IN_CHAIN'],
	])('was never made: %s', (code) => {
		expect(connectionFault(broken(code))).toEqual({ kind: 'unreachable', detail: code });
	});

	it.each([
		['ECONNRESET'],
		['ECONNABORTED'],
		['ETIMEDOUT'],
		['EPIPE'],
		['ERR_BAD_RESPONSE'],
		['ERR_CANCELED'],
		['UND_ERR_SOCKET'],
	])('may have carried the request: %s', (code) => {
		expect(connectionFault(broken(code))).toEqual({ kind: 'interrupted', detail: code });
	});

	it('tells its code from within', () => {
		const error = broken(undefined, broken(200, broken('ECONNREFUSED')));
		expect(connectionFault(error)).toEqual({ kind: 'unreachable', detail: 'ECONNREFUSED' });
	});

	it.each([
		[broken('X-API-Key: sk_live_1')],
		[broken('200')],
		[broken(500)],
		[broken(undefined, broken(1, broken(2, broken(3, broken('ECONNREFUSED')))))],
		['ECONNREFUSED'],
		[undefined],
		[null],
	])('is taken as carried where it does not say why, and nothing of it is repeated', (error) => {
		const fault = { kind: 'interrupted', detail: 'the connection broke' };
		expect(connectionFault(error)).toEqual(fault);
	});
});

describe('every request', () => {
	it('follows no redirect, takes every status, parses nothing, and says who we are', () => {
		expect(requestOptions('https://x/', 1000.5)).toEqual({
			url: 'https://x/',
			headers: {
				'User-Agent': expect.stringMatching(/^n8n-nodes-ponponpay\/\d+\.\d+\.\d+$/),
				Accept: 'application/json',
			},
			timeout: 1001,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
	});
});

describe('waiting', () => {
	const TOO_LONG_FOR_A_TEST = 600_000;

	it('is over at once in a cancelled execution, and for no time', async () => {
		await n8nEnvironment(() => true).wait(TOO_LONG_FOR_A_TEST);
		await n8nEnvironment(() => false).wait(0);
	});

	it('ends when the execution is cancelled meanwhile', async () => {
		let looks = 0;
		await n8nEnvironment(() => (looks += 1) > 1).wait(TOO_LONG_FOR_A_TEST);
		expect(looks).toBe(2);
	});
});
