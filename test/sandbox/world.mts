import { Clock } from './clock.mts';
import { Random } from './random.mts';
import { Speech } from './dialects/speech.mts';
import { CODE, Refusal } from './refusal.mts';
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings.mts';
import { Accounts } from './state/accounts.mts';
import { Disputes, type Dispute } from './state/disputes.mts';
import { Facilitator } from './state/facilitator.mts';
import { Hooks, type EventName } from './state/hooks.mts';
import { Orders, type Order } from './state/orders.mts';
import { Refunds, type Refund } from './state/refunds.mts';
import { eventOf, isPaid } from './state/status.mts';
import { Transactions } from './state/transactions.mts';
import { disputeView, orderDetail, refundView } from './views.mts';
import { envelope, orderCallback, type PaidWording } from './webhooks/callbacks.mts';
import { Keyring } from './webhooks/keyring.mts';
import { Outbox } from './webhooks/outbox.mts';
import { writeJson, type WireObject } from './wire.mts';

/** Everything that exists in one sandbox, without any HTTP around it. */
export class World {
	readonly settings: SandboxSettings;
	readonly speech: Speech;
	readonly clock: Clock;
	readonly random: Random;
	readonly accounts = new Accounts();
	readonly keyring: Keyring;
	readonly hooks: Hooks;
	readonly outbox: Outbox;
	readonly transactions: Transactions;
	readonly orders: Orders;
	readonly refunds: Refunds;
	readonly disputes: Disputes;
	readonly facilitator: Facilitator;
	/** Where the sandbox's pages are; known once it listens. */
	pageUrl = '';

	constructor(options: {
		settings: Partial<SandboxSettings>;
		ticking: boolean;
		startsAt: number | undefined;
		randomSeed: string | undefined;
	}) {
		this.settings = {
			...DEFAULT_SETTINGS,
			...options.settings,
			signatures: { ...DEFAULT_SETTINGS.signatures, ...options.settings.signatures },
			mcp: { ...DEFAULT_SETTINGS.mcp, ...options.settings.mcp },
		};
		this.speech = new Speech(this.settings);
		this.clock = new Clock(options);
		this.random = new Random(options.randomSeed);
		this.keyring = new Keyring(this.random);
		this.hooks = new Hooks(this.random);
		this.outbox = new Outbox(this.clock, this.random, this.keyring, this.hooks, this.settings);
		const { clock, random } = this;
		this.facilitator = new Facilitator(clock, random);
		this.transactions = new Transactions(random);
		this.orders = new Orders(clock, random, this.settings, this.transactions, (order) =>
			this.announceOrder(order),
		);
		this.refunds = new Refunds(clock, random, this.settings, this.transactions, (refund) =>
			this.announceRefund(refund),
		);
		this.disputes = new Disputes(clock, random, this.settings, (dispute, change) =>
			this.announceDispute(dispute, change),
		);
	}

	stop(): void {
		this.clock.stop();
		this.outbox.stop();
	}

	/** Tells the order's own URL and every hook that wants to know. One event, one id. */
	private announceOrder(order: Order): void {
		this.tellOrder(order, this.settings);
	}

	private tellOrder(order: Order, settings: SandboxSettings): void {
		const event = eventOf(order.status);
		const about = { event, eventId: this.newEventId(), subjectId: order.tradeId };
		const { account, notifyUrl } = order;
		const body = (shape = settings.callbackShape) =>
			this.write(orderCallback(order, about.eventId, shape, settings, this.pageUrl));
		if (notifyUrl !== '') {
			this.outbox.send({ ...about, account, url: notifyUrl, hook: undefined, body: body() });
		}
		for (const hook of this.hooks.wanting(account, event)) {
			this.outbox.send({ ...about, account, url: hook.url, hook, body: body(hook.shape) });
		}
	}

	/** @throws Refusal when the order is not paid */
	tellPaidAgain(order: Order, { status, shape, withEventId, withHash }: PaidWording): void {
		if (!isPaid(order.status)) throw new Refusal(CODE.orderState, 'the order is not paid');
		const payment = order.payment && { ...order.payment, ...(!withHash && { hash: '' }) };
		const settings = { ...this.settings, callbackShape: shape, withEventIds: withEventId };
		this.tellOrder({ ...order, status, payment }, settings);
	}

	private announceRefund(refund: Refund): void {
		const { status } = refund;
		if (status !== 'succeeded' && status !== 'failed') return;
		this.tellHooks(`refund.${status}`, refund.order, refund.id, refundView(refund));
	}

	private announceDispute(dispute: Dispute, change: 'opened' | 'closed'): void {
		this.tellHooks(`dispute.${change}`, dispute.order, dispute.id, disputeView(dispute));
	}

	/** Refunds and disputes are told to hooks only: a `notify_url` is for its order's payment. */
	private tellHooks(event: EventName, order: Order, subjectId: string, subject: WireObject): void {
		const about = { event, eventId: this.newEventId(), subjectId };
		const { account } = order;
		const data = { ...subject, order: orderDetail(order, this.settings, this.pageUrl) };
		const body = this.write(envelope(about, account.environment, data, this.settings));
		for (const hook of this.hooks.wanting(account, event)) {
			this.outbox.send({ ...about, account, url: hook.url, hook, body });
		}
	}

	private write(callback: WireObject): string {
		return writeJson(this.speech.callback(callback));
	}

	private newEventId(): string {
		return `evt_${this.random.hex(24)}`;
	}
}
