import type { Clock, Scheduled } from '../clock.mts';
import type { Random } from '../random.mts';
import type { SandboxSettings } from '../settings.mts';
import type { Account } from '../state/accounts.mts';
import type { Hook, Hooks } from '../state/hooks.mts';
import type { Keyring } from './keyring.mts';
import { isLoopback, post, type PostResult } from './post.mts';
import { signWithApiKey, signWithKeyring, signWithSecret, type Headers } from './signing.mts';

/** One try to bring a delivery to its receiver. */
export interface Attempt extends PostResult {
	/** Unix seconds of the sandbox's clock. */
	readonly at: number;
	readonly headers: Headers;
}

/**
 * - `sending`: on its way for the first time, or again
 * - `delivered`: answered with 2xx
 * - `waiting`: not accepted; to be repeated at `nextAttemptAt`
 * - `abandoned`: not accepted, and not repeated any more
 * - `refused`: never sent, for a reason of the sandbox's own
 */
export type DeliveryState = 'sending' | 'delivered' | 'waiting' | 'abandoned' | 'refused';

/** One event on its way to one URL. */
export interface Delivery {
	readonly id: string;
	readonly event: string;
	readonly eventId: string;
	/** The order, refund or dispute it tells of. */
	readonly subjectId: string;
	readonly account: Account;
	readonly url: string;
	/** Absent for an order's own `notify_url`. */
	readonly hook: Hook | undefined;
	/** The same bytes at every attempt. */
	readonly body: string;
	readonly createdAt: number;
	readonly attempts: Attempt[];
	state: DeliveryState;
	/** Why it was refused. */
	reason: string | undefined;
	nextAttemptAt: number | undefined;
}

export type Letter = Pick<
	Delivery,
	'event' | 'eventId' | 'subjectId' | 'account' | 'url' | 'hook' | 'body'
>;

/** Everything the sandbox tells merchants: sent at once, repeated until it is accepted, never forgotten. */
export class Outbox {
	private readonly deliveries = new Map<string, Delivery>();
	private readonly underway = new Set<Promise<void>>();
	private readonly repetitions = new Map<Delivery, Scheduled>();
	/** How many repetitions a delivery has had since it was last sent by hand. */
	private readonly repeated = new Map<Delivery, number>();
	private readonly closing = new AbortController();

	constructor(
		private readonly clock: Clock,
		private readonly random: Random,
		private readonly keyring: Keyring,
		private readonly hooks: Hooks,
		private readonly settings: SandboxSettings,
	) {}

	/** Oldest first. */
	all(): Delivery[] {
		return [...this.deliveries.values()];
	}

	find(id: string): Delivery {
		const delivery = this.deliveries.get(id);
		if (!delivery) throw new RangeError(`There is no delivery ${id}`);
		return delivery;
	}

	send(letter: Letter): Delivery {
		const delivery: Delivery = {
			id: `dl_${this.random.hex(16)}`,
			...letter,
			createdAt: this.clock.now(),
			attempts: [],
			state: 'sending',
			reason: undefined,
			nextAttemptAt: undefined,
		};
		this.deliveries.set(delivery.id, delivery);
		if (isLoopback(delivery.url)) {
			this.start(delivery);
		} else {
			delivery.state = 'refused';
			delivery.reason = 'The sandbox delivers to addresses of this machine only.';
		}
		return delivery;
	}

	/** Sends it once more, whatever became of it so far. */
	async redeliver(delivery: Delivery): Promise<void> {
		if (delivery.state === 'refused') return;
		this.repetitions.get(delivery)?.cancel();
		this.repeated.delete(delivery);
		await this.start(delivery);
	}

	/** Repeats at once what waits for its repetition. */
	async retryNow(): Promise<void> {
		const waiting = this.all().filter(({ state }) => state === 'waiting');
		await Promise.all(waiting.map(async (delivery) => await this.repeat(delivery)));
	}

	/** Until no attempt is under way. */
	async settled(): Promise<void> {
		while (this.underway.size > 0) await Promise.all(this.underway);
	}

	/** Breaks off what is under way and sends nothing any more. */
	stop(): void {
		this.closing.abort();
	}

	private start(delivery: Delivery): Promise<void> {
		delivery.state = 'sending';
		delivery.nextAttemptAt = undefined;
		const attempt = this.attempt(delivery).finally(() => this.underway.delete(attempt));
		this.underway.add(attempt);
		return attempt;
	}

	private async attempt(delivery: Delivery): Promise<void> {
		const headers = this.headersFor(delivery);
		const at = this.clock.now();
		const result = await post(delivery.url, headers, delivery.body, {
			timeoutMs: this.settings.deliveryTimeoutMs,
			cancelled: this.closing.signal,
		});
		if (this.closing.signal.aborted) return;
		delivery.attempts.push({ at, headers, ...result });
		if (result.status !== undefined && result.status >= 200 && result.status < 300) {
			delivery.state = 'delivered';
		} else {
			this.planRepetition(delivery);
		}
	}

	private planRepetition(delivery: Delivery): void {
		const repeated = this.repeated.get(delivery) ?? 0;
		const delay = this.settings.retryDelays[repeated];
		if (delay === undefined) {
			delivery.state = 'abandoned';
			return;
		}
		delivery.state = 'waiting';
		delivery.nextAttemptAt = this.clock.now() + delay;
		this.repetitions.set(
			delivery,
			this.clock.at(delivery.nextAttemptAt, async () => await this.repeat(delivery)),
		);
	}

	private async repeat(delivery: Delivery): Promise<void> {
		this.repetitions.get(delivery)?.cancel();
		if (delivery.hook && !this.hooks.has(delivery.hook)) {
			delivery.state = 'abandoned';
			delivery.reason = 'The webhook was deleted.';
			return;
		}
		this.repeated.set(delivery, (this.repeated.get(delivery) ?? 0) + 1);
		await this.start(delivery);
	}

	/** Fresh for every attempt: a receiver takes a nonce once, and a time for five minutes. */
	private headersFor({ account, hook, body }: Delivery): Headers {
		const { signatures, clockOffset } = this.settings;
		// The receiver compares with its own clock, which nobody moves.
		const timestamp = Math.floor(Date.now() / 1000) + clockOffset;
		const moment = { timestamp, nonce: this.random.hex(32) };
		const { merchant, environment, apiKey } = account;
		const secret = hook ? hook.secret : merchant.webhookSecret;
		const audience = { merchantId: merchant.id, environment };
		return {
			'Content-Type': 'application/json',
			'User-Agent': 'PolyPay-Webhook/2.0',
			...(signatures.A && secret !== undefined && signWithSecret(secret, body)),
			...(signatures.B && signWithApiKey(apiKey, moment, body)),
			...(signatures.C && signWithKeyring(this.keyring, moment, audience, body)),
		};
	}
}
