import { Decimal } from './money';
import { explorerUrl } from './network';
import type { Order } from './order';
import type { Refund } from './refund';

/** Money that came in or went back: a row for a sheet or an accountant. Amounts are exact decimal texts. */
export type Movement = {
	/** When the order or the refund was created, as ISO 8601; PonponPay lists no other time. */
	time: string | null;
	type: 'payment' | 'refund';
	/** Below zero for a refund, so that a column can be added up. */
	amount: string | null;
	currency: string | null;
	network: string | null;
	/** What it was worth when the order was made; below zero for a refund. */
	usdValue: string | null;
	/** USD for one unit of the currency, as it was fixed for the order. */
	exchangeRate: string | null;
	/** What PonponPay charged for the order. */
	feeAmount: string | null;
	merchantOrderId: string | null;
	/** The block explorer's page of the transaction. */
	explorerUrl: string | null;
	transactionHash: string | null;
	tradeId: string | null;
	/** `null` for a payment. */
	refundId: string | null;
};

/**
 * The movements of paid orders and of refunds that reached the customer, oldest first; what has no time comes last.
 *
 * @param orders of the refunds too, as far as they are known
 */
export function movementsOf(orders: readonly Order[], refunds: readonly Refund[]): Movement[] {
	const byId = new Map(orders.map((order) => [order.tradeId, order]));
	const payments = orders.filter(({ isPaid }) => isPaid).map(paymentOf);
	const sentBack = refunds
		.filter(({ status }) => status === 'succeeded')
		.map((refund) =>
			refundOf(refund, refund.tradeId === null ? undefined : byId.get(refund.tradeId)),
		);
	return [...payments, ...sentBack].sort((one, other) => timeKey(one) - timeKey(other));
}

function timeKey({ time }: Movement): number {
	return time === null ? Number.MAX_SAFE_INTEGER : Date.parse(time);
}

function paymentOf(order: Order): Movement {
	return {
		time: order.createdAt,
		type: 'payment',
		amount: order.actualAmount ?? order.amount,
		currency: order.currency,
		network: order.network,
		// The total of an order is in USD [P].
		usdValue: order.fiatAmount ?? order.amount,
		exchangeRate: order.exchangeRate,
		feeAmount: order.feeAmount,
		merchantOrderId: order.merchantOrderId,
		explorerUrl: order.explorerUrl,
		transactionHash: order.transactionHash,
		tradeId: order.tradeId,
		refundId: null,
	};
}

function refundOf(refund: Refund, order: Order | undefined): Movement {
	const amount = Decimal.parse(refund.amount);
	const sent = amount && Decimal.zero.minus(amount);
	const rate = Decimal.parse(order?.exchangeRate);
	const network = refund.network ?? order?.network ?? null;
	return {
		time: refund.createdAt,
		type: 'refund',
		amount: sent?.toString() ?? null,
		currency: refund.currency ?? order?.currency ?? null,
		network,
		usdValue: (sent && rate && sent.times(rate))?.toString() ?? null,
		exchangeRate: rate?.toString() ?? null,
		feeAmount: null,
		merchantOrderId: order?.merchantOrderId ?? null,
		explorerUrl: explorerUrl(network, refund.transactionHash),
		transactionHash: refund.transactionHash,
		tradeId: refund.tradeId,
		refundId: refund.refundId,
	};
}
