import type { PonponPayEvent } from '../model/event';
import { Decimal } from '../model/money';
import type { Order } from '../model/order';
import { ALL_EVENTS, CURRENCIES, type OnlyFor } from './eventFields';

/**
 * Whether the user asked for this event.
 *
 * Money is looked for where the event has it: in its refund or dispute, else in the order. An event that does not say its
 * currency, network or amount passes no filter on it.
 */
export function isWanted(
	{ type, order, refund, dispute }: PonponPayEvent,
	{ events, onlyFor }: { events: readonly string[]; onlyFor: OnlyFor },
): boolean {
	if (!events.includes(ALL_EVENTS) && !events.includes(type)) return false;
	const { currencies, networks, minimumAmount } = onlyFor;
	const currency = refund?.currency ?? dispute?.currency ?? order?.currency;
	const network = refund?.network ?? order?.network;
	const amount = Decimal.parse(refund?.amount ?? dispute?.amount ?? worthOf(order));
	return (
		isAmong(currencies, currency) &&
		isAmong(networks, network) &&
		(minimumAmount === undefined || (amount !== undefined && amount.compare(minimumAmount) >= 0))
	);
}

/** What an order is about; where it only tells the quantity, a stablecoin's is as good. */
function worthOf(order: Order | null): string | null | undefined {
	const isStable = CURRENCIES.some(({ value }) => value === order?.currency);
	return order?.amount ?? (isStable ? order?.actualAmount : null);
}

function isAmong(allowed: string[] | undefined, value: string | null | undefined): boolean {
	return allowed === undefined || (typeof value === 'string' && allowed.includes(value));
}
