import { toDispute, type Dispute } from '../../model/dispute';
import type { RequestBody, RequestValue } from '../../model/json';
import { networkName } from '../../model/network';
import { toOrder, type Order } from '../../model/order';
import { toRefund, type Refund } from '../../model/refund';
import { isPaidStatus, parseOrderStatus } from '../../model/status';
import { toTransaction, type Transaction } from '../../model/transaction';
import { toWebhook, type Webhook } from '../../model/webhook';
import { wireCount, wireText, type WireObject } from '../../model/wire';
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
		isPeriodFitting(wire, asked) &&
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
	fits: ({ value, wire }, asked) =>
		isOfOrder(value, asked) &&
		isPeriodFitting(wire, asked) &&
		isStatusFitting(value.status, asked.status),
};

/** A dispute, likewise. */
export const DISPUTE: Thing<Dispute> = {
	name: 'a dispute',
	plural: 'disputes',
	read: (wire) => toDispute(wire, Date.now()),
	ids: [['dispute_id', ({ disputeId }) => disputeId]],
	foreignIds: [],
	fits: ({ value, wire }, asked) =>
		isOfOrder(value, asked) &&
		isPeriodFitting(wire, asked) &&
		isStatusFitting(value.status, asked.status),
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
	fits: ({ value, wire }, asked) =>
		isOfOrder(value, asked) &&
		isAskedIn(value.transactionHash, asked.hash) &&
		isPeriodFitting(wire, asked) &&
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

/** One that does not name its order may be of this one; a refund has then taken its money. */
function isOfOrder({ tradeId }: { tradeId: string | null }, asked: RequestBody): boolean {
	return tradeId === null || isAskedIn(tradeId, asked.trade_id);
}

/** Only Unix seconds are certain: a text without a time zone may be that of any place. */
function isPeriodFitting({ created_at: told }: WireObject, asked: RequestBody): boolean {
	const created = wireCount(told);
	if (created === null || created === 0 || created >= FIRST_MILLISECONDS) return true;
	const { start_time: start, end_time: end } = asked;
	return !(
		(typeof start === 'number' && created < start) ||
		(typeof end === 'number' && created > end)
	);
}

/** As seconds this would be the year 5138. */
const FIRST_MILLISECONDS = 1e11;

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
