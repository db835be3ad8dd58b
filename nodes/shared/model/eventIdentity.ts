import { createHash } from 'crypto';

import { dedupeKey, keyOf } from './dedupeKey';
import type { PonponPayEvent } from './event';
import type { Order } from './order';

/** What makes one business event the same, however often and in whatever shape it is told. */
export type EventIdentity = {
	/** See {@link dedupeKey}. */
	readonly dedupeKey: string;
	/** The event was told before if one of these was remembered. */
	readonly seenAs: readonly string[];
	/** What to remember it by. */
	readonly rememberAs: readonly string[];
};

/** By which keys an event is recognised, and by which it is remembered. */
type Keys = Pick<EventIdentity, 'seenAs' | 'rememberAs'>;

/**
 * Two deliveries tell the same event when environment, event id and type agree [P]; where one of them carries no id, when
 * the order (or refund, or dispute), its status and its transaction agree.
 *
 * An order is paid once, whatever tells it: every delivery that calls it paid tells the same event, also by another status,
 * transaction or event id.
 *
 * @param environment the one the event is from: its own, or else the credential's
 * @param body the raw body, for events about nothing this package knows
 */
export function identify(event: PonponPayEvent, environment: string, body: Buffer): EventIdentity {
	const key = dedupeKey(event, environment) ?? keyOf(environment, [event.type, sha256(body)]);
	const byId = event.eventId && `id ${keyOf(environment, [event.type, event.eventId])}`;
	const { seenAs, rememberAs } =
		(isPayment(event) && paymentKeys(event.order, environment)) ||
		changeKeys(changeOf(event, key), byId !== null);
	const ids = byId ? [byId] : [];
	return { dedupeKey: key, seenAs: [...ids, ...seenAs], rememberAs: [...ids, ...rememberAs] };
}

/** The keys that tell one order from all others, one for each ID it is known by. */
export function orderKeys(
	{ tradeId, merchantOrderId }: Pick<Order, 'tradeId' | 'merchantOrderId'>,
	environment: string,
): string[] {
	const ids = { trade: tradeId, own: merchantOrderId };
	return Object.entries(ids).flatMap(([kind, id]) =>
		id === null ? [] : `${kind} ${keyOf(environment, [id])}`,
	);
}

/** By which keys the payment of an order is remembered. */
export function paidKeys(
	order: Pick<Order, 'tradeId' | 'merchantOrderId'>,
	environment: string,
): string[] {
	return orderKeys(order, environment).map((key) => `paid ${key}`);
}

type Payment = PonponPayEvent & { readonly order: Order };

function isPayment(event: PonponPayEvent): event is Payment {
	return event.type === 'order.paid' && event.order !== null;
}

/**
 * Where two deliveries both carry PonponPay's ID, that decides: a shop may give an order number again after an order has
 * expired.
 *
 * @returns `undefined` for an order that names no ID
 */
function paymentKeys({ tradeId, merchantOrderId }: Order, environment: string): Keys | undefined {
	const [first, own] = paidKeys({ tradeId, merchantOrderId }, environment);
	if (first === undefined) return undefined;
	if (tradeId === null) return { seenAs: [first], rememberAs: [first, `alone ${first}`] };
	if (own === undefined) return { seenAs: [first], rememberAs: [first] };
	return { seenAs: [first, `alone ${own}`], rememberAs: [first, own] };
}

function changeKeys(change: string, hasId: boolean): Keys {
	return hasId
		? { seenAs: [`without id ${change}`], rememberAs: [`any ${change}`] }
		: { seenAs: [`any ${change}`], rememberAs: [`any ${change}`, `without id ${change}`] };
}

/** An order's status and transaction tell more changes apart than its event does. */
function changeOf({ order }: PonponPayEvent, key: string): string {
	return [key, order?.status ?? '', order?.transactionHash ?? ''].join(' ');
}

function sha256(body: Buffer): string {
	return createHash('sha256').update(body).digest('hex');
}
