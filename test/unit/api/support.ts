import type { Reply } from '../../../nodes/shared/api/answer';
import type { ConnectionFault, Transport } from '../../../nodes/shared/api/client';
import { ENDPOINTS, type Endpoint, type EndpointName } from '../../../nodes/shared/api/endpoints';
import {
	ApiFailure,
	type FailureDetails,
	type FailureKind,
} from '../../../nodes/shared/api/failure';
import type { RequestBody } from '../../../nodes/shared/model/json';
import type { RetryEnvironment } from '../../../nodes/shared/api/retry';

export const HOST = 'https://pay.example.com';
export const NOON = Date.UTC(2026, 10, 22, 12);

/** A clock that only moves when someone waits, or when a test says so; chance that a test decides. */
export class FakeEnvironment implements RetryEnvironment {
	time = NOON;
	/** What `random` gives. 1 is never drawn in reality, but makes waits as long as they can get. */
	chance = 1;
	isDone = false;
	/** Every wait, in milliseconds. */
	readonly waits: number[] = [];
	/** Called before a wait ends. */
	duringWait: (milliseconds: number) => void = () => {};

	now = () => this.time;
	random = () => this.chance;
	isCancelled = () => this.isDone;
	wait = async (milliseconds: number) => {
		this.waits.push(milliseconds);
		this.time += milliseconds;
		this.duringWait(milliseconds);
	};
}

/** One request as the transport got it. */
export type Sent = { path: string; body: unknown; timeoutMs: number };
export type Step = { reply: Reply } | { fault: ConnectionFault };

/**
 * A transport that gives the answers of a script, one after the other, and keeps what was sent. It fails the test when
 * more is sent than the script has answers for.
 */
export function scripted(...script: Array<Step | (() => Step)>) {
	const sent: Sent[] = [];
	const left = [...script];
	const transport: Transport = async ({ url, body, timeoutMs }) => {
		sent.push({ path: new URL(url).pathname, body: JSON.parse(body), timeoutMs });
		const step = left.shift();
		if (step === undefined) throw new Error(`no answer left for ${url}`);
		return typeof step === 'function' ? step() : step;
	};
	return { sent, transport };
}

export const reply = (status: number, body: string, headers: Reply['headers'] = {}): Step => ({
	reply: { status, body, headers },
});

export const success = (data: unknown): Step =>
	reply(200, JSON.stringify({ code: 0, message: 'success', data }));

export const refusal = (code: number, message: string): Step =>
	reply(200, JSON.stringify({ code, message }));

export const busy = (retryAfter?: string): Step =>
	reply(429, '', retryAfter === undefined ? {} : { 'retry-after': retryAfter });

export const down = (status = 503): Step => reply(status, '<html>bad gateway</html>');

export const fault = (kind: ConnectionFault['kind'], detail = 'ECONNRESET'): Step => ({
	fault: { kind, detail },
});

export const failure = (
	kind: FailureKind,
	more: Partial<FailureDetails> = {},
	endpoint: Endpoint = ENDPOINTS.orderDetail,
): ApiFailure => new ApiFailure({ kind, endpoint, host: HOST, ...more });

/** The failure a promise is rejected with; fails the test when it is fulfilled or rejected with something else. */
export async function failureOf(promise: Promise<unknown>): Promise<ApiFailure> {
	const outcome = await promise.then(
		() => 'success',
		(error: unknown) => error,
	);
	expect(outcome).toBeInstanceOf(ApiFailure);
	return outcome as ApiFailure;
}

/** An ID to ask an endpoint for, and an answer that proves to be what was asked for. */
export function provenBy(name: EndpointName): {
	asked: RequestBody;
	data: Record<string, unknown>;
} {
	const [thing] = /^(?:order|refund|dispute|transaction|webhook)/.exec(name) ?? [];
	if (name === 'x402Verify') return { asked: {}, data: { isValid: true } };
	if (name === 'x402Settle') {
		const asked = {
			paymentPayload: { payload: { authorization: { from: '0xA' } } },
			paymentRequirements: { network: 'eip155:8453', amount: '10000' },
		};
		return { asked, data: { success: true, paymentId: 'x402_1' } };
	}
	if (name === 'merchantDetail') return { asked: {}, data: { mch_id: 'M1' } };
	if (name === 'paymentMethods') return { asked: {}, data: { methods: [] } };
	if (name === 'transactionStatistics') return { asked: {}, data: { total_count: 0 } };
	if (name.endsWith('List')) return { asked: {}, data: { list: [], total: 0 } };
	const id = { [thing === 'order' ? 'trade_id' : `${thing}_id`]: 'X1' };
	return { asked: id, data: { ...id, checkout_url: 'https://pay.example.com/X1' } };
}
