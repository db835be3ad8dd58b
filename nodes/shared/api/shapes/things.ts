import { toDispute, type Dispute } from '../../model/dispute';
import type { RequestBody, RequestValue } from '../../model/json';
import { networkName } from '../../model/network';
import { toOrder, type Order } from '../../model/order';
import { toRefund, type Refund } from '../../model/refund';
import { isPaidStatus, parseOrderStatus } from '../../model/status';
import { toTransaction, type Transaction } from '../../model/transaction';
import { toWebhook, type Webhook } from '../../model/webhook';
import { wireText, type WireObject } from '../../model/wire';
import { isAskedIn, type Thing } from './shape';

/** An order: what it is asked for by, and what its lists are filtered for. */
export const ORDER: Thing<Order> = {
	name: 'an order',
	plural: 'orders',
	read: toOrder,
	ids: [
		['trade_id', ({ tradeId }) => tradeId],
		['mch_order_id', ({ merchantOrderId }) => merchantOrderId],
	],
	foreignIds: ['refund_id', 'dispute_id', 'webhook_id'],
	fits: ({ value, wire }, asked) =>
		isAskedIn(value.merchantOrderId, asked.mch_order_id) &&
		isMethodFitting(value, asked) &&
		isOrderStatusFitting(value, wire, asked.status),
};

/** A refund, likewise. */
export const REFUND: Thing<Refund> = {
	name: 'a refund',
	plural: 'refunds',
	read: toRefund,
	ids: [
		['refund_id', ({ refundId }) => refundId],
		['mch_refund_id', ({ merchantRefundId }) => merchantRefundId],
	],
	foreignIds: [],
	// One that does not name its order may be of this one, and then it has taken its money.
	fits: ({ value }, asked) =>
		(value.tradeId === null || isAskedIn(value.tradeId, asked.trade_id)) &&
		isStatusFitting(value.status, asked.status),
};

/** A dispute, likewise. */
export const DISPUTE: Thing<Dispute> = {
	name: 'a dispute',
	plural: 'disputes',
	read: (wire) => toDispute(wire, Date.now()),
	ids: [['dispute_id', ({ disputeId }) => disputeId]],
	foreignIds: [],
	fits: ({ value }, asked) =>
		isAskedIn(value.tradeId, asked.trade_id) && isStatusFitting(value.status, asked.status),
};

/** A transaction, likewise. */
export const TRANSACTION: Thing<Transaction> = {
	name: 'a transaction',
	plural: 'transactions',
	read: toTransaction,
	ids: [
		['transaction_id', ({ transactionId }) => transactionId],
		['hash', ({ transactionHash }) => transactionHash],
	],
	foreignIds: [],
	fits: ({ value }, asked) =>
		isAskedIn(value.tradeId, asked.trade_id) &&
		isAskedIn(value.transactionHash, asked.hash) &&
		isMethodFitting(value, asked),
};

/** A webhook, likewise. */
export const WEBHOOK: Thing<Webhook> = {
	name: 'a webhook',
	plural: 'webhooks',
	read: toWebhook,
	ids: [['webhook_id', ({ webhookId }) => webhookId]],
	foreignIds: [],
	fits: () => true,
};

function isMethodFitting(
	value: { currency: string | null; network: string | null },
	asked: RequestBody,
): boolean {
	const currency = wireText(asked.currency)?.toUpperCase();
	const network = networkName(asked.network);
	return (
		(currency === undefined || value.currency === null || value.currency === currency) &&
		(network === null || value.network === null || value.network === network)
	);
}

function isStatusFitting(status: string | null, asked: RequestValue): boolean {
	return !Array.isArray(asked) || (status !== null && asked.includes(status));
}

/** Where an account sends words, they do not tell the three kinds of "paid" apart [P]. */
function isOrderStatusFitting(value: Order, { status }: WireObject, asked: RequestValue): boolean {
	if (!Array.isArray(asked)) return true;
	const statuses = asked.map(parseOrderStatus);
	const isWord = Number.isNaN(Number(wireText(status) ?? 'none'));
	return (
		statuses.some((wanted) => wanted === value.status) ||
		(isWord && value.isPaid && statuses.some(isPaidStatus))
	);
}
