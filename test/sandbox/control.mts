import type { LoggedRequest, RequestLog } from './http/requestLog.mts';
import { formatAmount } from './money.mts';
import type { CallbackShape, SandboxSettings } from './settings.mts';
import type { Account, Environment } from './state/accounts.mts';
import type { Hook } from './state/hooks.mts';
import type { Order } from './state/orders.mts';
import { STATUS, statusName, type StatusName } from './state/status.mts';
import { paymentUrl } from './views.mts';
import type { Attempt, Delivery, DeliveryState } from './webhooks/outbox.mts';
import type { World } from './world.mts';

/** An order as the sandbox's keeper sees it. Amounts are exact decimals, times Unix seconds. */
export interface OrderView {
	tradeId: string;
	merchantOrderId: string;
	merchantId: string;
	environment: Environment;
	status: StatusName;
	statusCode: number;
	amount: string;
	/** With its suffix; `null` until a method is chosen. */
	actualAmount: string | null;
	currency: string | null;
	network: string | null;
	address: string | null;
	paymentUrl: string;
	notifyUrl: string | null;
	redirectUrl: string | null;
	transactionHash: string | null;
	payer: string | null;
	createdAt: number;
	updatedAt: number;
	expiresAt: number;
}

export interface DeliveryView {
	id: string;
	event: string;
	eventId: string;
	/** The order, refund or dispute it tells of. */
	subjectId: string;
	url: string;
	/** `null` for an order's own notify URL. */
	webhookId: string | null;
	body: string;
	state: DeliveryState;
	/** Why it was refused or given up. */
	reason: string | null;
	createdAt: number;
	nextAttemptAt: number | null;
	attempts: Attempt[];
}

export interface HookView {
	webhookId: string;
	merchantId: string;
	environment: Environment;
	url: string;
	events: string[];
	secret: string;
	createdAt: number;
}

/** An order by its trade id or merchant order id. */
type OrderId = string;

/**
 * What only the sandbox's keeper can do: be the customer, the blockchain and the clock. The same stands under `/_sandbox/`
 * for programs, and on the page for people.
 *
 * Every function that changes an order returns it as it is then, and throws a `Refusal` where the order's status does not
 * allow it. What it announces is delivered meanwhile: await `deliveries.settled()` to see it done.
 */
export interface Control {
	readonly settings: SandboxSettings;
	readonly clock: {
		/** Unix seconds. */
		now(): number;
		/** Moves the clock; what becomes due on the way happens, deliveries included. */
		advance(seconds: number): Promise<void>;
	};
	readonly orders: {
		/** Oldest first. */
		all(): OrderView[];
		get(id: OrderId): OrderView;
		/** The customer chooses on the checkout page. */
		chooseMethod(id: OrderId, currency: string, network: string): OrderView;
		/** The payment is on the chain, unconfirmed. */
		confirming(id: OrderId): OrderView;
		pay(id: OrderId): OrderView;
		expire(id: OrderId): OrderView;
		cancel(id: OrderId): OrderView;
		/** Status 5. */
		creditByHand(id: OrderId): OrderView;
		/** Status 7: paid by an administrator's word, without a hash. */
		markPaid(id: OrderId): OrderView;
	};
	readonly deliveries: {
		/** Oldest first; only those about one order, refund or dispute if its id is given. */
		all(subjectId?: string): DeliveryView[];
		/** Until nothing is on its way. Repetitions that wait for their time are not. */
		settled(): Promise<void>;
		/** Repeats at once all that waits for its time. */
		retryNow(): Promise<void>;
		/** Sends it once more, whatever became of it. */
		redeliver(id: string): Promise<DeliveryView>;
	};
	readonly hooks: {
		all(): HookView[];
		/** As a merchant does in the dashboard. */
		remove(webhookId: string): void;
		/** The body one hook gets, apart from what the settings say; `undefined`: as the settings say. */
		useShape(webhookId: string, shape: CallbackShape | undefined): void;
	};
	readonly keys: {
		/** Signature C uses a new key from now on; returns its id. */
		rotateSigningKey(options?: { keepOld?: boolean }): string;
		/** The first merchant's production key stops working; returns the new one. */
		rotateApiKey(newKey?: string): string;
	};
	readonly requests: {
		/** Oldest first, at one endpoint (such as `/order/add`) or all. */
		all(endpoint?: string): LoggedRequest[];
		count(endpoint?: string): number;
		countsByEndpoint(): Record<string, number>;
		clear(): void;
	};
}

export function control(world: World, log: RequestLog, account: Account): Control {
	const { orders, outbox, hooks, keyring, clock } = world;
	const change = (id: OrderId, act: (order: Order) => void): OrderView => {
		const order = orders.lookUp(id);
		act(order);
		return viewOrder(order, world.pageUrl);
	};
	/** As {@link change}; a customer who has not chosen yet takes the first method there is. */
	const settle = (id: OrderId, act: (order: Order) => void): OrderView =>
		change(id, (order) => {
			if (order.status === STATUS.checkout) orders.chooseMethod(order, 'USDT', 'tron');
			act(order);
		});
	return {
		settings: world.settings,
		clock: {
			now: () => clock.now(),
			advance: async (seconds) => {
				await clock.advance(seconds);
				await outbox.settled();
			},
		},
		orders: {
			all: () => orders.all().map((order) => viewOrder(order, world.pageUrl)),
			get: (id) => viewOrder(orders.lookUp(id), world.pageUrl),
			chooseMethod: (id, currency, network) =>
				change(id, (order) => orders.chooseMethod(order, currency, network)),
			confirming: (id) => settle(id, (order) => orders.see(order)),
			pay: (id) => settle(id, (order) => orders.pay(order)),
			expire: (id) => change(id, (order) => orders.expire(order)),
			cancel: (id) => change(id, (order) => orders.cancel(order)),
			creditByHand: (id) => settle(id, (order) => orders.creditByHand(order)),
			markPaid: (id) => settle(id, (order) => orders.markPaid(order)),
		},
		deliveries: {
			all: (subjectId) =>
				outbox
					.all()
					.filter((delivery) => subjectId === undefined || delivery.subjectId === subjectId)
					.map(viewDelivery),
			settled: async () => await outbox.settled(),
			retryNow: async () => await outbox.retryNow(),
			redeliver: async (id) => {
				const delivery = outbox.find(id);
				await outbox.redeliver(delivery);
				return viewDelivery(delivery);
			},
		},
		hooks: {
			all: () => hooks.all().map(viewHook),
			remove: (id) => hooks.remove(hooks.lookUp(id)),
			useShape: (id, shape) => {
				hooks.lookUp(id).shape = shape;
			},
		},
		keys: {
			rotateSigningKey: ({ keepOld = false } = {}) => keyring.rotate({ keepOld }),
			rotateApiKey: (newKey = `sk_live_${world.random.hex(32)}`) => {
				account.apiKey = newKey;
				return newKey;
			},
		},
		requests: {
			all: (endpoint) => log.all(endpoint),
			count: (endpoint) => log.count(endpoint),
			countsByEndpoint: () => log.countsByEndpoint(),
			clear: () => log.clear(),
		},
	};
}

function viewOrder(order: Order, pageUrl: string): OrderView {
	const { account, method, payment } = order;
	return {
		tradeId: order.tradeId,
		merchantOrderId: order.mchOrderId,
		merchantId: account.merchant.id,
		environment: account.environment,
		status: statusName(order.status),
		statusCode: order.status,
		amount: formatAmount(order.amount),
		actualAmount: method ? formatAmount(method.actualAmount, 4) : null,
		currency: method?.currency ?? null,
		network: method?.network ?? null,
		address: method?.address ?? null,
		paymentUrl: paymentUrl(order, pageUrl),
		notifyUrl: order.notifyUrl || null,
		redirectUrl: order.redirectUrl || null,
		transactionHash: payment?.hash || null,
		payer: payment?.payer || null,
		createdAt: order.createdAt,
		updatedAt: order.updatedAt,
		expiresAt: order.expiresAt,
	};
}

function viewDelivery(delivery: Delivery): DeliveryView {
	const { hook, reason, nextAttemptAt, account: _account, attempts, ...rest } = delivery;
	return {
		...rest,
		webhookId: hook?.id ?? null,
		reason: reason ?? null,
		nextAttemptAt: nextAttemptAt ?? null,
		attempts: [...attempts],
	};
}

function viewHook({ id, account, url, events, secret, createdAt }: Hook): HookView {
	return {
		webhookId: id,
		merchantId: account.merchant.id,
		environment: account.environment,
		url,
		events: [...events],
		secret,
		createdAt,
	};
}
