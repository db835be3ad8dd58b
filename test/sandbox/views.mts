import type { SandboxSettings } from './settings.mts';
import type { Dispute } from './state/disputes.mts';
import type { Order } from './state/orders.mts';
import type { Refund } from './state/refunds.mts';
import type { Statistics, Totals } from './state/statistics.mts';
import { statusWord } from './state/status.mts';
import {
	confirmations,
	transactionAmount,
	transactionFee,
	transactionStatus,
	type Transaction,
} from './state/transactions.mts';
import { money, type WireObject } from './wire.mts';

/** Where a customer pays an order. */
export function paymentUrl(order: Order, pageUrl: string): string {
	return `${pageUrl}/pay/${order.tradeId}`;
}

/** The answer of `/order/add`. */
export function createdOrder(order: Order, pageUrl: string): WireObject {
	const { method } = order;
	return {
		trade_id: order.tradeId,
		currency: method?.currency ?? '',
		network: method?.network ?? '',
		amount: money(order.amount),
		actual_amount: method ? money(method.actualAmount, 4) : money(order.amount),
		address: method?.address ?? '',
		expiration_time: order.expiresAt,
		// The name by which the vendor's own SDK reads it.
		expires_at: order.expiresAt,
		payment_url: paymentUrl(order, pageUrl),
	};
}

/** The answer of `/order/detail`, `/order/cancel` and the elements of `/order/list`. The two times at the end are guessed. */
export function orderDetail(order: Order, settings: SandboxSettings, pageUrl: string): WireObject {
	return {
		...createdOrder(order, pageUrl),
		mch_order_id: order.mchOrderId,
		status: settings.statusAs === 'word' ? statusWord(order.status) : order.status,
		tx_hash: order.payment?.hash ?? '',
		redirect_url: order.redirectUrl,
		created_at: order.createdAt,
		updated_at: order.updatedAt,
	};
}

export function transactionView(transaction: Transaction): WireObject {
	const { order, method, refund } = transaction;
	return {
		transaction_id: transaction.id,
		trade_id: order.tradeId,
		mch_order_id: order.mchOrderId,
		type: refund ? 'refund' : 'payment',
		hash: transaction.hash,
		from_address: refund ? method.address : (order.payment?.payer ?? ''),
		to_address: refund ? refund.address : method.address,
		currency: method.currency,
		network: method.network,
		amount: money(transactionAmount(transaction)),
		fee: money(transactionFee(transaction)),
		confirmations: confirmations(transaction),
		status: transactionStatus(transaction),
		created_at: transaction.createdAt,
	};
}

export function statisticsView(statistics: Statistics): WireObject {
	return {
		...totalsView(statistics),
		groups: statistics.groups.map((group) => ({ key: group.key, ...totalsView(group) })),
	};
}

function totalsView(totals: Totals): WireObject {
	return {
		total_count: totals.totalCount,
		total_amount: money(totals.totalAmount),
		paid_count: totals.paidCount,
		paid_amount: money(totals.paidAmount),
		refunded_amount: money(totals.refundedAmount),
	};
}

export function refundView(refund: Refund): WireObject {
	return {
		refund_id: refund.id,
		mch_refund_id: refund.mchRefundId,
		trade_id: refund.order.tradeId,
		amount: money(refund.amount),
		currency: refund.method.currency,
		network: refund.method.network,
		address: refund.address,
		reason: refund.reason,
		status: refund.status,
		hash: refund.hash,
		created_at: refund.createdAt,
		updated_at: refund.updatedAt,
	};
}

/** The members of a message are guessed; only that there are messages is in the contract. */
export function disputeView(dispute: Dispute): WireObject {
	return {
		dispute_id: dispute.id,
		trade_id: dispute.order.tradeId,
		mch_order_id: dispute.order.mchOrderId,
		reason: dispute.reason,
		status: dispute.status,
		amount: money(dispute.amount),
		currency: dispute.order.method?.currency ?? '',
		messages: dispute.messages.map(({ author, text, evidenceUrls, createdAt }) => ({
			author,
			message: text,
			evidence_urls: evidenceUrls,
			created_at: createdAt,
		})),
		due_at: dispute.dueAt,
		created_at: dispute.createdAt,
		updated_at: dispute.updatedAt,
	};
}
