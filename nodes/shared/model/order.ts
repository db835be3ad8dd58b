import type { RequestBody } from './json';
import { amountText, Decimal } from './money';
import { explorerUrl, networkName, networkTitle } from './network';
import {
	isPaidStatus,
	orderPhase,
	orderStatusCode,
	parseOrderStatus,
	type OrderStatus,
} from './status';
import { isoTime } from './time';
import { creationTime, firstText, wireHash, wireCount, type WireObject } from './wire';

/**
 * An order as every node of this package gives it, whether it was created, looked up, cancelled or came in a callback.
 *
 * Amounts are exact decimal texts; what the API did not send is `null`. In the order in which a person reads the columns
 * of a table: what matters first, what only machines compare last.
 */
export type Order = {
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
	/** The merchant's own id of the order (`mch_order_id`; `order_no` in callbacks). */
	merchantOrderId: string | null;
	/** All that in a sentence for a chat or a mail; `null` where the amount is not told. */
	summary: string | null;
	/** ISO 8601. */
	expiresAt: string | null;
	/** Whole seconds until then, from 0; `null` for an order that waits for no payment. */
	expiresInSeconds: number | null;
	/** The order's total in USD; PonponPay sends it in callbacks. */
	fiatAmount: string | null;
	/** USD for one unit of the currency, as it was fixed for this order. */
	exchangeRate: string | null;
	/** What PonponPay charges for the order. */
	feeAmount: string | null;
	/** The wallet the customer pays to. */
	address: string | null;
	/** The token's contract, on Solana its mint. */
	tokenContract: string | null;
	/** The block explorer's page of the transaction. */
	explorerUrl: string | null;
	/** ISO 8601. */
	createdAt: string | null;
	transactionHash: string | null;
	/** The number of the wire contract, section 4. */
	statusCode: number | null;
	/** PonponPay's id of the order. */
	tradeId: string | null;
};

/**
 * Any order object of the wire (contract, sections 3 to 5) in the one shape.
 *
 * Accepts the names of creates, `/order/detail`, checkouts and callbacks, old and new [P].
 *
 * @param now Unix milliseconds
 */
export function toOrder(wire: WireObject, now: number = Date.now()): Order {
	const status = parseOrderStatus(wire.status);
	const network = networkName(wire.network);
	const hash = wireHash(wire) ?? firstText(wire, 'transaction_id');
	const expiresAt = isoTime(wire.expiration_time) ?? isoTime(wire.expires_at);
	const isWaiting = status !== undefined && orderPhase(status) === 'pending';
	return withSummary({
		status: status ?? 'unknown',
		isPaid: isPaidStatus(status),
		amount: amountText(wire.amount),
		actualAmount: amountText(wire.actual_amount),
		currency: firstText(wire, 'currency')?.toUpperCase() ?? null,
		network,
		paymentUrl: firstText(wire, 'checkout_url', 'payment_url'),
		merchantOrderId: firstText(wire, 'mch_order_id', 'order_no'),
		expiresAt,
		expiresInSeconds: isWaiting ? secondsUntil(expiresAt, now) : null,
		fiatAmount: amountText(wire.fiat_amount),
		exchangeRate: amountText(wire.exchange_rate),
		feeAmount: amountText(wire.fee_amount) ?? amountText(wire.fee),
		address: firstText(wire, 'address', 'wallet_address'),
		tokenContract: firstText(wire, 'contract_addr', 'token_contract'),
		explorerUrl: explorerUrl(network, hash),
		createdAt: creationTime(wire),
		transactionHash: hash,
		statusCode: status === undefined ? wireCount(wire.status) : orderStatusCode(status),
		tradeId: firstText(wire, 'trade_id'),
	});
}

function secondsUntil(expiresAt: string | null, now: number): number | null {
	if (expiresAt === null) return null;
	return Math.max(0, Math.floor((Date.parse(expiresAt) - now) / 1000));
}

/** The statuses in words that a customer understands too. */
const STATUS_WORDS: Readonly<Record<Order['status'], string>> = {
	checkout: 'no way to pay chosen yet',
	pending: 'waiting for payment',
	paid: 'paid',
	expired: 'expired',
	cancelled: 'cancelled',
	manual: 'paid (credited by hand)',
	confirming: 'payment seen, not final yet',
	admin_paid: 'paid (marked by an administrator)',
	unknown: 'in a state that is not known',
};

/** The same order with its {@link Order.summary}, in its place among the columns. */
function withSummary({ merchantOrderId, ...order }: Omit<Order, 'summary'>): Order {
	const { status, isPaid, amount, actualAmount, currency, network, paymentUrl, ...rest } = order;
	const sum = Decimal.parse(actualAmount ?? amount)?.toMoney();
	const where = network === null ? undefined : `on ${networkTitle(network)}`;
	const what = [sum, currency, where].filter((part) => part !== undefined && part !== null);
	const summary = sum === undefined ? null : `${what.join(' ')}, ${STATUS_WORDS[status]}`;
	const first = { status, isPaid, amount, actualAmount, currency, network, paymentUrl };
	return { ...first, merchantOrderId, summary, ...rest };
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
	const actualAmount = order.actualAmount ?? order.amount;
	return withSummary({ ...order, amount: order.fiatAmount, actualAmount });
}

/** Where a payment page stands at `/pay/{trade id}`, its address tells the trade ID [P]. */
const TRADE_ID_IN_URL = /\/pay\/([A-Za-z0-9_-]{8,128})\/?$/;

/** A checkout of the wire: PonponPay need not say its trade ID, and then the address of its page does [P]. */
export function toCheckout(wire: WireObject): Order {
	const order = toOrder(wire);
	const path = order.paymentUrl?.split(/[?#]/)[0] ?? '';
	return { ...order, tradeId: order.tradeId ?? TRADE_ID_IN_URL.exec(path)?.[1] ?? null };
}
