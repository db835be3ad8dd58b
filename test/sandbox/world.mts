import { Clock } from './clock.mts';
import { Random } from './random.mts';
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings.mts';
import { Accounts } from './state/accounts.mts';
import { Hooks } from './state/hooks.mts';
import { Orders, type Order } from './state/orders.mts';
import { eventOf } from './state/status.mts';
import { orderCallback } from './webhooks/callbacks.mts';
import { Keyring } from './webhooks/keyring.mts';
import { Outbox } from './webhooks/outbox.mts';

/** Everything that exists in one sandbox, without any HTTP around it. */
export class World {
	readonly settings: SandboxSettings;
	readonly clock: Clock;
	readonly random: Random;
	readonly accounts = new Accounts();
	readonly keyring: Keyring;
	readonly hooks: Hooks;
	readonly outbox: Outbox;
	readonly orders: Orders;
	/** Where the sandbox's pages are; known once it listens. */
	pageUrl = '';

	constructor(options: {
		settings: Partial<SandboxSettings>;
		ticking: boolean;
		randomSeed: string | undefined;
	}) {
		this.settings = {
			...DEFAULT_SETTINGS,
			...options.settings,
			signatures: { ...DEFAULT_SETTINGS.signatures, ...options.settings.signatures },
		};
		this.clock = new Clock(options.ticking);
		this.random = new Random(options.randomSeed);
		this.keyring = new Keyring(this.random);
		this.hooks = new Hooks(this.random);
		this.outbox = new Outbox(this.clock, this.random, this.keyring, this.hooks, this.settings);
		this.orders = new Orders(this.clock, this.random, this.settings, (order) =>
			this.announceOrder(order),
		);
	}

	stop(): void {
		this.clock.stop();
		this.outbox.stop();
	}

	/** Tells the order's own URL and every hook that wants to know. One event, one id. */
	private announceOrder(order: Order): void {
		const event = eventOf(order.status);
		const about = { event, eventId: this.newEventId(), subjectId: order.tradeId };
		const { account, notifyUrl } = order;
		const body = (shape = this.settings.callbackShape) =>
			orderCallback(order, about.eventId, shape, this.settings, this.pageUrl);
		if (notifyUrl !== '') {
			this.outbox.send({ ...about, account, url: notifyUrl, hook: undefined, body: body() });
		}
		for (const hook of this.hooks.wanting(account, event)) {
			this.outbox.send({ ...about, account, url: hook.url, hook, body: body(hook.shape) });
		}
	}

	private newEventId(): string {
		return `evt_${this.random.hex(24)}`;
	}
}
