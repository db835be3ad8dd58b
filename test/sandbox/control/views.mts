import { formatAmount } from '../money.mts';
import type { Environment } from '../state/accounts.mts';
import type { Dispute, DisputeStatus, Message } from '../state/disputes.mts';
import type { Hook } from '../state/hooks.mts';
import type { Order } from '../state/orders.mts';
import type { Refund, RefundStatus } from '../state/refunds.mts';
import { statusName, type StatusName } from '../state/status.mts';
import {
	transactionAmount,
	transactionStatus,
	type Transaction,
	type TransactionStatus,
} from '../state/transactions.mts';
import { paymentUrl } from '../views.mts';
import type { Attempt, Delivery, DeliveryState } from '../webhooks/outbox.mts';

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

export interface TransactionView {
	transactionId: string;
	tradeId: string;
	type: 'payment' | 'refund';
	hash: string;
	amount: string;
	currency: string;
	network: string;
	status: TransactionStatus;
	createdAt: number;
}

export interface RefundView {
	refundId: string;
	merchantRefundId: string;
	tradeId: string;
	amount: string;
	currency: string;
	network: string;
	address: string;
	reason: string;
	status: RefundStatus;
	transactionHash: string | null;
	createdAt: number;
	updatedAt: number;
}

export interface DisputeView {
	disputeId: string;
	tradeId: string;
	amount: string;
	reason: string;
	status: DisputeStatus;
	messages: Message[];
	dueAt: number;
	createdAt: number;
	updatedAt: number;
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

export function viewTransaction(transaction: Transaction): TransactionView {
	const { id, order, method, refund, hash, createdAt } = transaction;
	return {
		transactionId: id,
		tradeId: order.tradeId,
		type: refund ? 'refund' : 'payment',
		hash,
		amount: formatAmount(transactionAmount(transaction)),
		currency: method.currency,
		network: method.network,
		status: transactionStatus(transaction),
		createdAt,
	};
}

export function viewRefund(refund: Refund): RefundView {
	const { id, mchRefundId, order, method, amount, address, reason, status, hash } = refund;
	return {
		refundId: id,
		merchantRefundId: mchRefundId,
		tradeId: order.tradeId,
		amount: formatAmount(amount),
		currency: method.currency,
		network: method.network,
		address,
		reason,
		status,
		transactionHash: hash || null,
		createdAt: refund.createdAt,
		updatedAt: refund.updatedAt,
	};
}

export function viewDispute(dispute: Dispute): DisputeView {
	const { id, order, amount, messages, ...rest } = dispute;
	return {
		...rest,
		disputeId: id,
		tradeId: order.tradeId,
		amount: formatAmount(amount),
		messages: [...messages],
	};
}

export function viewOrder(order: Order, pageUrl: string): OrderView {
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

export function viewDelivery(delivery: Delivery): DeliveryView {
	const { hook, reason, nextAttemptAt, account: _account, attempts, ...rest } = delivery;
	return {
		...rest,
		webhookId: hook?.id ?? null,
		reason: reason ?? null,
		nextAttemptAt: nextAttemptAt ?? null,
		attempts: [...attempts],
	};
}

export function viewHook({ id, account, url, events, secret, createdAt }: Hook): HookView {
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
