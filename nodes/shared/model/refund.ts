import { amountText, Decimal } from './money';
import { networkName } from './network';
import { creationTime, firstText, wireHash, wireWord, type WireObject } from './wire';

/** Money on its way back to a customer. The amount is an exact decimal text. */
export type Refund = {
	/** PonponPay's id of the refund. */
	refundId: string | null;
	/** The merchant's own id of the refund (`mch_refund_id`). */
	merchantRefundId: string | null;
	/** The order that is refunded. */
	tradeId: string | null;
	/** One of {@link REFUND_STATUSES}. */
	status: string | null;
	amount: string | null;
	currency: string | null;
	network: string | null;
	/** The wallet the money goes to. */
	address: string | null;
	transactionHash: string | null;
	/** ISO 8601. */
	createdAt: string | null;
};

/** The refund statuses of the wire contract, section 3 [I]. */
export const REFUND_STATUSES = [
	'pending',
	'processing',
	'succeeded',
	'failed',
	'cancelled',
] as const;

/** A refund with one of these has moved no money and never will. */
const DEAD: ReadonlySet<string | null> = new Set(['failed', 'cancelled']);

/** A refund of the wire [I] in our shape. */
export function toRefund(wire: WireObject): Refund {
	return {
		refundId: firstText(wire, 'refund_id'),
		merchantRefundId: firstText(wire, 'mch_refund_id'),
		tradeId: firstText(wire, 'trade_id'),
		status: wireWord(wire.status),
		amount: amountText(wire.amount),
		currency: firstText(wire, 'currency')?.toUpperCase() ?? null,
		network: networkName(wire.network),
		address: firstText(wire, 'address'),
		transactionHash: wireHash(wire),
		createdAt: creationTime(wire),
	};
}

/** Other words for how a refund ends, as events and answers may use them [I]. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
	completed: 'succeeded',
	success: 'succeeded',
	successful: 'succeeded',
	failure: 'failed',
};

/** The status that a word stands for; `null` for a word that nobody knows. */
export function refundStatusNamed(word: string | null): string | null {
	if (word === null) return null;
	const status = OTHER_WORDS[word] ?? word;
	return REFUND_STATUSES.some((known) => known === status) ? status : null;
}

/** Whether a refund with this status has come to its end, with or without moving money. */
export function isOverRefund(status: string | null): boolean {
	return status === 'succeeded' || DEAD.has(status);
}

/** Whether a refund has ended without moving money. */
export function isDeadRefund({ status }: Refund): boolean {
	return DEAD.has(status);
}

/** The sum of the refunds that have taken or may still take money: PonponPay never lets it exceed what was paid [I]. */
export function sumOfLiveRefunds(refunds: readonly Refund[]): Decimal {
	return refunds
		.filter((refund) => !isDeadRefund(refund))
		.reduce((sum, { amount }) => sum.plus(Decimal.parse(amount) ?? Decimal.zero), Decimal.zero);
}
