import { findChain } from '../chain.mts';
import type { Clock, Scheduled } from '../clock.mts';
import type { Amount } from '../money.mts';
import type { Random } from '../random.mts';
import { CODE, Refusal } from '../refusal.mts';
import type { SandboxSettings } from '../settings.mts';
import type { Account } from './accounts.mts';
import { Ledger } from './ledger.mts';
import { findMethod } from './methods.mts';
import { isOpen, isPaid, mayBecome, STATUS, statusName, type Status } from './status.mts';
import type { Transactions } from './transactions.mts';
import { Wallets, type Slot } from './wallets.mts';

export interface Order {
	readonly tradeId: string;
	readonly account: Account;
	readonly mchOrderId: string;
	readonly amount: Amount;
	readonly notifyUrl: string;
	readonly redirectUrl: string;
	readonly locale: string;
	/** Unix seconds, as all times here. */
	readonly createdAt: number;
	readonly expiresAt: number;
	updatedAt: number;
	status: Status;
	/** Absent until the customer has chosen how to pay. */
	method: Method | undefined;
	payment: Payment | undefined;
}

export interface Method extends Slot {
	readonly currency: string;
	readonly network: string;
}

/** Money that arrived, or that somebody says has arrived. */
export interface Payment {
	readonly at: number;
	/** Empty where an administrator vouches for it. */
	readonly hash: string;
	readonly payer: string;
}

/** What a merchant asks for. */
export interface OrderRequest {
	readonly amount: Amount;
	readonly mchOrderId: string | undefined;
	readonly notifyUrl: string;
	readonly redirectUrl: string;
	readonly locale: string;
	/** Absent: the customer chooses on the checkout page. */
	readonly method: { readonly currency: string; readonly network: string } | undefined;
}

/** How an order is asked for over the wire; the trade id wins. */
export interface OrderReference {
	readonly tradeId: string | undefined;
	readonly mchOrderId: string | undefined;
}

/** Every order, and the only place where one changes. */
export class Orders {
	private readonly ledger = new Ledger<Order>();
	private readonly byTradeId = new Map<string, Order>();
	private readonly byMchOrderId = new Map<string, Order>();
	private readonly createdPerMonth = new Map<string, number>();
	private readonly expiries = new Map<Order, Scheduled>();
	private readonly wallets: Wallets;

	constructor(
		private readonly clock: Clock,
		private readonly random: Random,
		private readonly settings: SandboxSettings,
		private readonly transactions: Transactions,
		private readonly onChange: (order: Order) => void,
	) {
		this.wallets = new Wallets(random, () => settings.walletsPerNetwork);
	}

	/** Oldest first. */
	all(): readonly Order[] {
		return this.ledger.all();
	}

	/** Oldest first. */
	of(account: Account): readonly Order[] {
		return this.ledger.of(account);
	}

	/** @throws Refusal for a taken merchant order id, a used-up quota, an unknown method or want of a wallet */
	add(account: Account, request: OrderRequest): Order {
		const mchOrderId = request.mchOrderId ?? `M${this.random.hex(20).toUpperCase()}`;
		const taken = this.byMchOrderId.get(ownKey(account, mchOrderId));
		if (taken && this.settings.createOfTaken === 'return') return taken;
		if (taken) throw new Refusal(CODE.parameter, 'mch_order_id already exists');
		this.refuseOverQuota(account);
		const now = this.clock.now();
		const order: Order = {
			tradeId: this.newTradeId(account, now),
			account,
			mchOrderId,
			amount: request.amount,
			notifyUrl: request.notifyUrl,
			redirectUrl: request.redirectUrl,
			locale: request.locale,
			createdAt: now,
			expiresAt: now + this.settings.orderLifetime,
			updatedAt: now,
			status: STATUS.checkout,
			method: undefined,
			payment: undefined,
		};
		if (request.method) {
			order.method = this.takeSlot(order, request.method.currency, request.method.network);
			order.status = STATUS.pending;
		}
		this.ledger.add(account, order);
		this.byTradeId.set(order.tradeId, order);
		this.byMchOrderId.set(ownKey(account, mchOrderId), order);
		this.countCreation(account);
		const expire = () => this.become(order, STATUS.expired);
		this.expiries.set(order, this.clock.at(order.expiresAt, expire));
		if (this.settings.announceCreation) this.onChange(order);
		return order;
	}

	/** @throws Refusal when this account has no such order, or none is named */
	find(account: Account, { tradeId, mchOrderId }: OrderReference): Order {
		if (tradeId === undefined && mchOrderId === undefined) {
			throw new Refusal(CODE.parameter, 'trade_id or mch_order_id is required');
		}
		const order =
			tradeId !== undefined
				? this.byTradeId.get(tradeId)
				: this.byMchOrderId.get(ownKey(account, mchOrderId ?? ''));
		if (order?.account !== account) throw new Refusal(CODE.orderNotFound, 'order not found');
		return order;
	}

	/** By either id, whoever owns it: for the page and for tests. */
	lookUp(id: string): Order {
		const order = this.byTradeId.get(id) ?? this.all().find(({ mchOrderId }) => mchOrderId === id);
		if (!order) throw new Refusal(CODE.orderNotFound, `There is no order ${id}`);
		return order;
	}

	/** The customer chooses how to pay on the checkout page. */
	chooseMethod(order: Order, currency: string, network: string): void {
		if (order.status !== STATUS.checkout) {
			throw new Refusal(CODE.orderState, `order is ${statusName(order.status)}, its method is set`);
		}
		order.method = this.takeSlot(order, currency, network);
		this.become(order, STATUS.pending);
	}

	/** The same, and until somebody pays the choice may be changed. */
	selectMethod(order: Order, currency: string, network: string): void {
		if (order.status !== STATUS.pending) return this.chooseMethod(order, currency, network);
		const method = this.takeSlot(order, currency, network);
		this.freeSlot(order);
		order.method = method;
		order.updatedAt = this.clock.now();
	}

	/** A payment stands on the chain and waits for confirmations. */
	see(order: Order): void {
		this.become(order, STATUS.confirming, this.newPayment(order));
	}

	/** A payment is confirmed on the chain. */
	pay(order: Order): void {
		this.become(order, STATUS.paid, order.payment ?? this.newPayment(order));
	}

	/** Somebody found the payment and credited it: too late, or to the wrong amount. */
	creditByHand(order: Order): void {
		this.become(order, STATUS.manual, order.payment ?? this.newPayment(order));
	}

	/** An administrator vouches for the payment; there is no transaction. */
	markPaid(order: Order): void {
		const vouched = { at: this.clock.now(), hash: '', payer: '' };
		this.become(order, STATUS.adminPaid, order.payment ?? vouched);
	}

	expire(order: Order): void {
		this.become(order, STATUS.expired);
	}

	/** @throws Refusal when the order is no longer pending: a payment that races the cancellation wins */
	cancel(order: Order): void {
		this.become(order, STATUS.cancelled);
	}

	private become(order: Order, status: Status, payment = order.payment): void {
		if (!mayBecome(order.status, status)) {
			throw new Refusal(
				CODE.orderState,
				`order status does not allow this: it is ${statusName(order.status)}`,
			);
		}
		const wasOpen = isOpen(order.status);
		order.status = status;
		if (payment !== order.payment) this.recordPayment(order, payment);
		order.updatedAt = this.clock.now();
		if (wasOpen && !isOpen(status)) this.freeSlot(order);
		if (status !== STATUS.pending) this.expiries.get(order)?.cancel();
		this.onChange(order);
	}

	private recordPayment(order: Order, payment: Payment | undefined): void {
		order.payment = payment;
		if (!payment?.hash || !order.method) return;
		const { at: createdAt, hash } = payment;
		const { method } = order;
		this.transactions.record({ order, method, refund: undefined, hash, createdAt });
	}

	private newPayment(order: Order): Payment {
		const chain = order.method && findChain(order.method.network);
		if (!chain) throw new Refusal(CODE.orderState, 'order has no payment method yet');
		return {
			at: this.clock.now(),
			hash: chain.transactionHash(this.random),
			payer: chain.address(this.random),
		};
	}

	private takeSlot(order: Order, currency: string, network: string): Method {
		const method = findMethod(currency, network);
		return { ...method, ...this.wallets.take(order.account, method.network, order.amount) };
	}

	private freeSlot({ account, method }: Order): void {
		if (method) this.wallets.free(account, method.network, method);
	}

	private newTradeId(account: Account, now: number): string {
		const prefix = account.environment === 'sandbox' ? 'SB' : 'PP';
		const time = new Date(now * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
		const count = String(this.byTradeId.size + 1).padStart(6, '0');
		return prefix + time + count + this.random.hex(4).toUpperCase();
	}

	private refuseOverQuota(account: Account): void {
		const { monthlyOrderQuota } = account.merchant;
		const created = this.createdPerMonth.get(this.monthKey(account)) ?? 0;
		if (created < monthlyOrderQuota) return;
		throw new Refusal(
			CODE.quota,
			`monthly order quota of ${monthlyOrderQuota} exceeded, please upgrade your plan`,
		);
	}

	private countCreation(account: Account): void {
		const key = this.monthKey(account);
		this.createdPerMonth.set(key, (this.createdPerMonth.get(key) ?? 0) + 1);
	}

	/** The plan is the merchant's, so both environments draw on one quota. */
	private monthKey({ merchant }: Account): string {
		const month = new Date(this.clock.now() * 1000).toISOString().slice(0, 7);
		return `${merchant.id} ${month}`;
	}
}

function ownKey({ merchant, environment }: Account, id: string): string {
	return `${merchant.id} ${environment} ${id}`;
}

/** What the merchant has received for the order. */
export function amountReceived(order: Order): Amount {
	return isPaid(order.status) ? (order.method?.actualAmount ?? order.amount) : 0n;
}
