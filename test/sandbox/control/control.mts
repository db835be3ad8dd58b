import type { DialectName } from '../dialects/table.mts';
import type { Fault, FaultPlan, FaultRate } from '../http/faults.mts';
import type { MissingRoute } from '../http/missingRoute.mts';
import type { LoggedRequest, RequestLog } from '../http/requestLog.mts';
import { amountOf } from '../money.mts';
import type { CallbackShape, SandboxSettings } from '../settings.mts';
import type { Account } from '../state/accounts.mts';
import type { Dispute } from '../state/disputes.mts';
import type { Resource, X402Payment } from '../state/facilitator.mts';
import type { Order } from '../state/orders.mts';
import type { Refund } from '../state/refunds.mts';
import { STATUS } from '../state/status.mts';
import type { PaidWording } from '../webhooks/callbacks.mts';
import type { World } from '../world.mts';
import {
	viewDelivery,
	viewDispute,
	viewHook,
	viewOrder,
	viewRefund,
	viewTransaction,
	type DeliveryView,
	type DisputeView,
	type HookView,
	type OrderView,
	type RefundView,
	type TransactionView,
} from './views.mts';

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
	/** Speaks in these dialects from now on; without any: plainly, as the contract says. */
	speak(...dialects: DialectName[]): void;
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
		/** One of the first merchant's, as a shop makes it, without a request; amount as text. */
		add(merchantOrderId: string, fields?: Partial<NewOrder>): OrderView;
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
	readonly transactions: {
		/** Oldest first; only those of one order if its trade id is given. */
		all(tradeId?: string): TransactionView[];
	};
	readonly refunds: {
		/** Oldest first; only those of one order if its trade id is given. */
		all(tradeId?: string): RefundView[];
		/** By its id or the merchant's. */
		get(id: string): RefundView;
		/** Of an order's money, without a request; amount as text. */
		add(orderId: OrderId, merchantRefundId: string, amount: string): RefundView;
		/** The money is on its way. */
		process(id: string): RefundView;
		succeed(id: string): RefundView;
		fail(id: string): RefundView;
	};
	readonly disputes: {
		/** Oldest first; only those of one order if its trade id is given. */
		all(tradeId?: string): DisputeView[];
		get(id: string): DisputeView;
		/** The customer complains about a paid order. */
		open(orderId: OrderId, reason?: string): DisputeView;
		/** PonponPay decides. */
		decide(id: string, outcome: 'won' | 'lost'): DisputeView;
		/** The merchant has not answered in time. The clock stays. */
		runOut(id: string): DisputeView;
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
		/** Tells of a paid order as if it were news, with an event ID of its own, in other words than before. */
		tellPaidAgain(id: OrderId, wording: PaidWording): OrderView;
	};
	readonly hooks: {
		all(): HookView[];
		/** One of the first merchant's, without a request; without events: for all. */
		add(url: string, events?: readonly string[]): HookView;
		/** As a merchant does in the dashboard. */
		remove(webhookId: string): void;
		/** The body one hook gets, apart from what the settings say; `undefined`: as the settings say. */
		useShape(webhookId: string, shape: CallbackShape | undefined): void;
	};
	/** Selling by the call. */
	readonly x402: {
		/** As the first merchant does in the dashboard; `isEnabled` is on unless told otherwise. */
		addResource(resource: Omit<Resource, 'isEnabled'> & { isEnabled?: boolean }): void;
		/** What a wallet has, in millionths of a USDC; one that is never told has enough. */
		setBalance(wallet: string, units: bigint): void;
		/** What was paid, oldest first. */
		payments(): X402Payment[];
		/** How often something was to be settled that had not been verified. */
		unverifiedSettles(): number;
	};
	readonly keys: {
		/** Signature C uses a new key from now on; returns its id. */
		rotateSigningKey(options?: { keepOld?: boolean }): string;
		/** The first merchant's production key stops working; returns the new one. */
		rotateApiKey(newKey?: string): string;
	};
	/** What goes wrong on the way. Endpoints are named as in the contract, such as `/order/add`; `*` stands for all. */
	readonly faults: {
		/** What the next requests meet, one after another; `null`: nothing. Adds to what is scripted already. */
		script(endpoint: string, faults: ReadonlyArray<Fault | null>): void;
		/** What every request meets that no script covers. */
		always(endpoint: string, fault: Fault): void;
		/** What a share of the requests meets, reproducible from its seed. */
		rate(rate: FaultRate): void;
		/** Milliseconds before every answer. */
		latency(ms: number): void;
		/** More requests at once are refused with 429 and `Retry-After: 1`. */
		limitConcurrency(mostAtOnce: number): void;
		/** As if PonponPay had never published the endpoint. */
		unpublish(endpoint: string, form?: MissingRoute): void;
		/** Ends script and standing fault of the endpoint, `unpublish` included. */
		heal(endpoint: string): void;
		/** Ends everything, latency included. */
		clear(): void;
	};
	readonly requests: {
		/** Oldest first, at one endpoint (such as `/order/add`) or all. */
		all(endpoint?: string): LoggedRequest[];
		count(endpoint?: string): number;
		countsByEndpoint(): Record<string, number>;
		/** How many went which way: by the fault they met, else by HTTP status and code (`200/0`). */
		outcomes(endpoint?: string): Record<string, number>;
		clear(): void;
	};
}

/** What a shop says of an order that it makes. */
interface NewOrder {
	readonly amount: string;
	readonly currency: string;
	readonly network: string;
	readonly notifyUrl: string;
}

const NEW_ORDER: NewOrder = { amount: '25', currency: 'USDT', network: 'tron', notifyUrl: '' };

export function control(world: World, log: RequestLog, plan: FaultPlan, account: Account): Control {
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
		speak: (...dialects) => world.speech.use(dialects),
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
			add: (mchOrderId, fields) => {
				const { amount, currency, network, notifyUrl } = { ...NEW_ORDER, ...fields };
				const order = orders.add(account, {
					amount: amountOf(amount),
					mchOrderId,
					notifyUrl,
					redirectUrl: '',
					locale: '',
					method: { currency, network },
				});
				return viewOrder(order, world.pageUrl);
			},
			chooseMethod: (id, currency, network) =>
				change(id, (order) => orders.chooseMethod(order, currency, network)),
			confirming: (id) => settle(id, (order) => orders.see(order)),
			pay: (id) => settle(id, (order) => orders.pay(order)),
			expire: (id) => change(id, (order) => orders.expire(order)),
			cancel: (id) => change(id, (order) => orders.cancel(order)),
			creditByHand: (id) => settle(id, (order) => orders.creditByHand(order)),
			markPaid: (id) => settle(id, (order) => orders.markPaid(order)),
		},
		transactions: {
			all: (tradeId) =>
				world.transactions
					.all()
					.filter(({ order }) => tradeId === undefined || order.tradeId === tradeId)
					.map(viewTransaction),
		},
		refunds: refundControl(world),
		disputes: disputeControl(world),
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
			tellPaidAgain: (id, wording) => change(id, (order) => world.tellPaidAgain(order, wording)),
		},
		hooks: {
			all: () => hooks.all().map(viewHook),
			add: (url, events = []) => viewHook(hooks.add(account, url, events, clock.now())),
			remove: (id) => hooks.remove(hooks.lookUp(id)),
			useShape: (id, shape) => {
				hooks.lookUp(id).shape = shape;
			},
		},
		x402: {
			addResource: (resource) =>
				world.facilitator.addResource(account, { isEnabled: true, ...resource }),
			setBalance: (wallet, units) => world.facilitator.setBalance(wallet, units),
			payments: () => world.facilitator.all(),
			unverifiedSettles: () => world.facilitator.unverifiedSettles,
		},
		keys: {
			rotateSigningKey: ({ keepOld = false } = {}) => keyring.rotate({ keepOld }),
			rotateApiKey: (newKey = `sk_live_${world.random.hex(32)}`) => {
				account.apiKey = newKey;
				return newKey;
			},
		},
		faults: faultControl(plan),
		requests: {
			all: (endpoint) => log.all(endpoint),
			count: (endpoint) => log.count(endpoint),
			countsByEndpoint: () => log.countsByEndpoint(),
			outcomes: (endpoint) => log.outcomes(endpoint),
			clear: () => log.clear(),
		},
	};
}

function faultControl(plan: FaultPlan): Control['faults'] {
	return {
		script: (endpoint, faults) => plan.script(endpoint, faults),
		always: (endpoint, fault) => plan.always(endpoint, fault),
		rate: (rate) => plan.rate(rate),
		latency: (ms) => {
			plan.latencyMs = ms;
		},
		limitConcurrency: (mostAtOnce) => {
			plan.mostAtOnce = mostAtOnce;
		},
		unpublish: (endpoint, form = 'envelope404') =>
			plan.always(endpoint, { kind: 'missingRoute', form }),
		heal: (endpoint) => plan.heal(endpoint),
		clear: () => plan.clear(),
	};
}

function refundControl({ refunds, orders }: World): Control['refunds'] {
	const change = (id: string, act: (refund: Refund) => void): RefundView => {
		const refund = refunds.lookUp(id);
		act(refund);
		return viewRefund(refund);
	};
	return {
		all: (tradeId) =>
			refunds
				.all()
				.filter(({ order }) => tradeId === undefined || order.tradeId === tradeId)
				.map(viewRefund),
		get: (id) => viewRefund(refunds.lookUp(id)),
		add: (orderId, mchRefundId, amount) => {
			const request = { amount: amountOf(amount), mchRefundId, address: undefined, reason: '' };
			return viewRefund(refunds.add(orders.lookUp(orderId), request));
		},
		process: (id) => change(id, (refund) => refunds.process(refund)),
		succeed: (id) => change(id, (refund) => refunds.succeed(refund)),
		fail: (id) => change(id, (refund) => refunds.fail(refund)),
	};
}

function disputeControl({ disputes, orders }: World): Control['disputes'] {
	const change = (id: string, act: (dispute: Dispute) => void): DisputeView => {
		const dispute = disputes.lookUp(id);
		act(dispute);
		return viewDispute(dispute);
	};
	return {
		all: (tradeId) =>
			disputes
				.all()
				.filter(({ order }) => tradeId === undefined || order.tradeId === tradeId)
				.map(viewDispute),
		get: (id) => viewDispute(disputes.lookUp(id)),
		open: (orderId, reason = 'Goods never arrived') =>
			viewDispute(disputes.open(orders.lookUp(orderId), reason)),
		decide: (id, outcome) => change(id, (dispute) => disputes.close(dispute, outcome)),
		runOut: (id) => change(id, (dispute) => disputes.runOut(dispute)),
	};
}
