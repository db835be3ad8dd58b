import { randomBytes } from 'node:crypto';

import { signDelivery } from '../../nodes/shared/signature/signDelivery';
import { until, type Patience } from './until.mts';

/** Milliseconds that PonponPay waits for an answer. */
const PATIENCE_MS = 10_000;
/** In seconds what PonponPay does in minutes and hours. */
const BETWEEN_TRIES_MS = 1000;

/** A delivery as it goes over the wire. */
export interface SignedDelivery {
	text: string;
	headers: Record<string, string>;
}

export interface SendOptions {
	signal?: AbortSignal;
	/** Default: `application/json`. */
	contentType?: string;
}

/** What a receiver said; the status is 0 when it said nothing. */
export interface Answer {
	status: number;
	text: string;
}

/** Tells events as PonponPay does, where a test wants to choose what is told to whom and when. */
export class Sender {
	private readonly answers = new Map<number, number>();

	/** @param apiKey what deliveries are signed with (signature B) */
	constructor(private readonly apiKey: string) {}

	/** How often each status was the answer to what was told until it was accepted; 0 is none. */
	tally(): string {
		return [...this.answers].map(([status, times]) => `${times} × ${status}`).join(', ');
	}

	/** With a time and a nonce of its own. */
	sign(body: object): SignedDelivery {
		const text = JSON.stringify(body);
		const at = { timestamp: Math.floor(Date.now() / 1000), nonce: randomBytes(16).toString('hex') };
		return { text, headers: signDelivery(Buffer.from(text), { apiKey: this.apiKey }, at) };
	}

	/** @throws whatever fetch says when there is no answer */
	async send(
		url: string,
		{ text, headers }: SignedDelivery,
		{ signal, contentType = 'application/json' }: SendOptions = {},
	): Promise<Answer> {
		const answer = await fetch(url, {
			method: 'POST',
			body: text,
			headers: { ...headers, 'Content-Type': contentType },
			signal,
		});
		return { status: answer.status, text: await answer.text() };
	}

	/** One delivery, signed afresh each time. */
	async deliver(url: string, body: object, options?: SendOptions): Promise<Answer> {
		return await this.send(url, this.sign(body), options);
	}

	/** One delivery, for as long as PonponPay waits for an answer: n8n does not always give one. */
	async offer(url: string, signed: SignedDelivery): Promise<Answer> {
		const signal = AbortSignal.timeout(PATIENCE_MS);
		return await this.send(url, signed, { signal }).catch(() => NO_ANSWER);
	}

	/**
	 * Delivers until it is accepted, each time for as long as PonponPay waits for an answer.
	 *
	 * @param urlOf where the delivery goes to, asked anew for each
	 * @throws Error with the last answer when none accepts it
	 */
	async tell(urlOf: () => string, body: object, patience?: Patience): Promise<void> {
		let last = NO_ANSWER;
		const isAccepted = async () => {
			last = await this.offer(urlOf(), this.sign(body));
			this.answers.set(last.status, (this.answers.get(last.status) ?? 0) + 1);
			return last.status >= 200 && last.status < 300 ? true : undefined;
		};
		const often = { everyMs: BETWEEN_TRIES_MS, ...patience };
		await until('a delivery to be accepted', isAccepted, often).catch((error: Error) => {
			throw new Error(`${error.message} The last answer: ${last.status} ${last.text}`);
		});
	}
}

const NO_ANSWER: Answer = { status: 0, text: '' };
