import type { RequestBody, RequestValue } from '../../model/json';
import { Decimal } from '../../model/money';
import { networkName } from '../../model/network';
import type { Order } from '../../model/order';
import { parseUrl } from '../../model/publicUrl';
import type { Refund } from '../../model/refund';
import type { Webhook } from '../../model/webhook';
import { wireText } from '../../model/wire';

/** PonponPay tells orders to one wallet apart by a suffix of 0.0001 to 0.01 [P]. */
const LARGEST_SUFFIX = Decimal.parse('0.01') ?? Decimal.zero;

/**
 * In what an order differs from the one that was asked for, in words. Its amount may be the asked or the exact one.
 *
 * @param asked the body of the create
 */
export function orderDifference(found: Order, asked: RequestBody): string | undefined {
	return firstOf(
		!isAmountOf(found, asked.amount) && instead('amount', found.amount, asked.amount),
		unequal('currency', found.currency, wireText(asked.currency)?.toUpperCase()),
		unequal('network', found.network, networkName(asked.network)),
		unequal('merchant order ID', found.merchantOrderId, asked.mch_order_id),
	);
}

function isAmountOf({ amount, actualAmount }: Order, asked: RequestValue): boolean {
	const [found, wanted] = [Decimal.parse(amount), decimalOf(asked)];
	if (wanted === undefined) return true;
	if (found === undefined) return false;
	if (found.compare(wanted) === 0) return true;
	const suffix = found.compare(wanted) > 0 ? found.minus(wanted) : wanted.minus(found);
	return amount === actualAmount && suffix.compare(LARGEST_SUFFIX) <= 0;
}

/**
 * In what a refund differs from the one that was asked for, in words.
 *
 * @param asked the body of the create, and of the order what the refund need not repeat: its currency and network
 */
export function refundDifference(found: Refund, asked: RequestBody): string | undefined {
	const [amount, wanted] = [Decimal.parse(found.amount), decimalOf(asked.amount)];
	return firstOf(
		asked.trade_id !== undefined &&
			found.tradeId !== asked.trade_id &&
			`it refunds the order ${found.tradeId}`,
		wanted !== undefined &&
			amount?.compare(wanted) !== 0 &&
			instead('amount', found.amount, asked.amount),
		typeof asked.address === 'string' &&
			!isSameAddress(found.address, asked.address) &&
			`it goes to ${found.address} instead of ${asked.address}`,
		found.currency !== null && unequal('currency', found.currency, asked.currency),
		found.network !== null && unequal('network', found.network, asked.network),
		unequal('merchant refund ID', found.merchantRefundId, asked.mch_refund_id),
	);
}

/**
 * In what a registered webhook differs from the one that was asked for, in words. An answer that repeats no events says
 * nothing about them.
 */
export function webhookDifference(found: Webhook, asked: RequestBody): string | undefined {
	const events = new Set(found.events.map(spelling));
	const missing = Array.isArray(asked.events)
		? asked.events.filter((event) => !events.has(spelling(String(event))))
		: [];
	return firstOf(
		typeof asked.url === 'string' &&
			found.url !== null &&
			urlKey(found.url) !== urlKey(asked.url) &&
			instead('URL', found.url, asked.url),
		events.size > 0 &&
			!events.has('*') &&
			missing.length > 0 &&
			`it does not tell of ${missing.join(', ')}`,
	);
}

const spelling = (event: string) =>
	event
		.trim()
		.toLowerCase()
		.replace(/canceled$/, 'cancelled');

const urlKey = (url: string) => (parseUrl(url)?.href ?? url).replace(/\/$/, '');

/** The case of an EVM address is only its checksum. */
function isSameAddress(found: string | null, wanted: string): boolean {
	const isEvm = wanted.startsWith('0x');
	return isEvm ? found?.toLowerCase() === wanted.toLowerCase() : found === wanted;
}

function unequal(name: string, found: string | null, asked: RequestValue | null) {
	return asked !== undefined && asked !== null && found !== asked && instead(name, found, asked);
}

function instead(name: string, found: string | null, asked: RequestValue): string {
	return `its ${name} is ${found} instead of ${asked?.toString()}`;
}

function firstOf(...differences: Array<string | false>): string | undefined {
	const told = differences.filter((difference) => difference !== false);
	return told.length === 0 ? undefined : told.join(', ');
}

function decimalOf(asked: RequestValue): Decimal | undefined {
	return asked instanceof Decimal ? asked : Decimal.parse(asked);
}
