import type { RequestBody } from './json';
import { amountText } from './money';
import { explorerUrl, networkName } from './network';
import { isPaidStatus, orderStatusCode, parseOrderStatus, type OrderStatus } from './status';
import { isoTime } from './time';
import { creationTime, firstText, wireHash, wireCount, type WireObject } from './wire';

/**
 * An order as every node of this package gives it, whether it was created, looked up, cancelled or came in a callback.
 *
 * Amounts are exact decimal texts; what the API did not send is `null`. The ten most useful fields come first.
 */
export type Order = {
	/** PonponPay's id of the order. */
	tradeId: string | null;
	/** The merchant's own id of the order (`mch_order_id`; `order_no` in callbacks). */
	merchantOrderId: string | null;
	/** `unknown` for a status that the contract does not list; such an order never counts as paid. */
	status: OrderStatus | 'unknown';
	isPaid: boolean;
	/** The order's total in units of the currency. */
	amount: string | null;
	/** What the customer must send: the amount plus the suffix that tells orders to one wallet apart. */
	actualAmount: string | null;
	currency: string | null;
	/** In lower case, by the first name in the table of networks. */
	network: string | null;
	/** The page on which the customer pays. */
	paymentUrl: string | null;
	/** ISO 8601. */
	expiresAt: string | null;
	/** The number of the wire contract, section 4. */
	statusCode: number | null;
	/** The order's total in USD; PonponPay sends it in callbacks. */
	fiatAmount: string | null;
	/** The wallet the customer pays to. */
	address: string | null;
	transactionHash: string | null;
	/** The block explorer's page of that transaction. */
	explorerUrl: string | null;
	/** ISO 8601. */
	createdAt: string | null;
};

/**
 * Any order object of the wire (contract, sections 3 to 5) in the one shape.
 *
 * Accepts the names of creates, `/order/detail`, checkouts and callbacks, old and new [P].
 */
export function toOrder(wire: WireObject): Order {
	const status = parseOrderStatus(wire.status);
	const network = networkName(wire.network);
	const hash = wireHash(wire) ?? firstText(wire, 'transaction_id');
	return {
		tradeId: firstText(wire, 'trade_id'),
		merchantOrderId: firstText(wire, 'mch_order_id', 'order_no'),
		status: status ?? 'unknown',
		isPaid: isPaidStatus(status),
		amount: amountText(wire.amount),
		actualAmount: amountText(wire.actual_amount),
		currency: firstText(wire, 'currency')?.toUpperCase() ?? null,
		network,
		paymentUrl: firstText(wire, 'checkout_url', 'payment_url'),
		expiresAt: isoTime(wire.expiration_time) ?? isoTime(wire.expires_at),
		statusCode: status === undefined ? wireCount(wire.status) : orderStatusCode(status),
		fiatAmount: amountText(wire.fiat_amount),
		address: firstText(wire, 'address', 'wallet_address'),
		transactionHash: hash,
		explorerUrl: explorerUrl(network, hash),
		createdAt: creationTime(wire),
	};
}

/** How an endpoint is told which order is meant (contract, section 3): by PonponPay's ID, or else by the merchant's. */
export function orderReferenceOf({
	tradeId,
	merchantOrderId,
}: Pick<Order, 'tradeId' | 'merchantOrderId'>): RequestBody {
	return tradeId === null ? { mch_order_id: merchantOrderId ?? undefined } : { trade_id: tradeId };
}

/**
 * An order as a callback tells it: there `amount` is the quantity of the token that was paid, and the order's total is
 * called `fiat_amount` (contract, section 5) [P].
 */
export function toCallbackOrder(wire: WireObject): Order {
	const order = toOrder(wire);
	return { ...order, amount: order.fiatAmount, actualAmount: order.actualAmount ?? order.amount };
}

/** Where a payment page stands at `/pay/{trade id}`, its address tells the trade ID [P]. */
const TRADE_ID_IN_URL = /\/pay\/([A-Za-z0-9_-]{8,128})\/?$/;

/** A checkout of the wire: PonponPay need not say its trade ID, and then the address of its page does [P]. */
export function toCheckout(wire: WireObject): Order {
	const order = toOrder(wire);
	const path = order.paymentUrl?.split(/[?#]/)[0] ?? '';
	return { ...order, tradeId: order.tradeId ?? TRADE_ID_IN_URL.exec(path)?.[1] ?? null };
}
