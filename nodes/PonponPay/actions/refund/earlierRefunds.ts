import { readList } from '../../../shared/api/list';
import { order } from '../../../shared/fields/locators';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { Decimal } from '../../../shared/model/money';
import type { Order } from '../../../shared/model/order';
import { isDeadRefund, type Refund } from '../../../shared/model/refund';
import type { OperationContext } from '../operation';

/** What was sent back of an order before, and so what is left of it. */

/**
 * The refunds of an order, as PonponPay lists them.
 *
 * @throws InvalidInput for an order whose refunds cannot be asked for, so that nobody knows what is left of it
 */
export async function refundsOf(
	context: OperationContext,
	id: string,
	{ tradeId }: Order,
): Promise<Refund[]> {
	if (tradeId === null) {
		throw new InvalidInput(
			order.label,
			id,
			'must be given by its trade ID: PonponPay did not tell it, and without it nobody knows what was sent back before',
		);
	}
	return await readList(context.client, {
		endpoint: 'refundList',
		filters: { trade_id: tradeId },
		keep: ({ value }) => value,
		// Nobody knows whose it is or how much it took, so more could be sent back than is left.
		ifIncomplete: 'refuse',
	});
}

/** @throws InvalidInput unless the order is paid */
export function requirePaid(id: string, { status, isPaid }: Order): void {
	if (isPaid) return;
	throw new InvalidInput(order.label, id, `is ${status}; only a paid order can be refunded`);
}

/** @throws InvalidInput where a refund has taken money, and how much is not told */
export function requireKnownAmounts(id: string, earlier: readonly Refund[]): void {
	const untold = earlier.find((refund) => !isDeadRefund(refund) && refund.amount === null);
	if (untold === undefined) return;
	throw new InvalidInput(
		order.label,
		id,
		`has a refund whose amount PonponPay does not tell (${untold.refundId ?? untold.merchantRefundId}), so that nobody knows what is left; look it up in the PonponPay dashboard`,
	);
}

/** What a customer has paid, in units of the currency; zero where PonponPay does not tell. */
export function paidAmount({ actualAmount, amount }: Order): Decimal {
	return Decimal.parse(actualAmount ?? amount) ?? Decimal.zero;
}

/**
 * What is left of the order. The refunds of an order never exceed what was paid [I].
 *
 * @param before what was sent back before, and in which words that is told
 * @param part what is to be sent back now, and the label of its field
 * @throws InvalidInput where nothing is left, or less than the part
 */
export function requireLeft(
	id: string,
	ofOrder: Order,
	before: { readonly sum: Decimal; readonly words: string },
	part: { readonly label: string; readonly amount: Decimal | undefined },
): Decimal {
	const paid = paidAmount(ofOrder);
	const left = paid.minus(before.sum);
	const amounts = `paid ${paid}, ${before.words} ${before.sum}, left ${left} ${ofOrder.currency ?? ''}`;
	if (!left.isPositive) {
		throw new InvalidInput(order.label, id, `has nothing left to refund (${amounts.trim()})`);
	}
	if (part.amount !== undefined && part.amount.compare(left) > 0) {
		throw new InvalidInput(
			part.label,
			part.amount.toString(),
			`must not be more than what is left of the order (${amounts.trim()}); empty, all of that is sent back`,
		);
	}
	return left;
}
