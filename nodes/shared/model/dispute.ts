import { amountText } from './money';
import { isoTime } from './time';
import { creationTime, firstText, wireWord, type WireObject } from './wire';

/** A customer's complaint about an order. The amount is an exact decimal text. */
export type Dispute = {
	disputeId: string | null;
	/** One of {@link DISPUTE_STATUSES}. */
	status: string | null;
	/** What the customer complains about. */
	reason: string | null;
	amount: string | null;
	currency: string | null;
	tradeId: string | null;
	merchantOrderId: string | null;
	/** ISO 8601: until then the merchant can respond. */
	dueAt: string | null;
	/** Hours until then, with one decimal; 0 when it has passed. */
	hoursLeft: number | null;
	/** ISO 8601. */
	createdAt: string | null;
};

/** The dispute statuses of the wire contract, section 3 [I]. */
export const DISPUTE_STATUSES = ['open', 'under_review', 'won', 'lost', 'accepted'] as const;

/** Whether the merchant may still answer a dispute. */
export function isOpenDispute({ status }: Pick<Dispute, 'status'>): boolean {
	return status === 'open' || status === 'under_review';
}

/**
 * A dispute of the wire [I] in our shape.
 *
 * @param now Unix milliseconds, for the hours left
 */
export function toDispute(wire: WireObject, now: number): Dispute {
	const dueAt = isoTime(wire.due_at);
	return {
		disputeId: firstText(wire, 'dispute_id'),
		status: wireWord(wire.status),
		reason: firstText(wire, 'reason'),
		amount: amountText(wire.amount),
		currency: firstText(wire, 'currency')?.toUpperCase() ?? null,
		tradeId: firstText(wire, 'trade_id'),
		merchantOrderId: firstText(wire, 'mch_order_id'),
		dueAt,
		hoursLeft: dueAt === null ? null : hoursBetween(now, Date.parse(dueAt)),
		createdAt: creationTime(wire),
	};
}

function hoursBetween(start: number, end: number): number {
	return Math.round(Math.max(0, end - start) / 360_000) / 10;
}
