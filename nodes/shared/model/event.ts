import { DISPUTE_STATUSES, isOpenDispute, toDispute, type Dispute } from './dispute';
import { isSandboxTradeId, toldEnvironment, type Environment } from './environment';
import { toCallbackOrder, toOrder, type Order } from './order';
import { isOverRefund, refundStatusNamed, toRefund, type Refund } from './refund';
import { mayMeanConfirming, orderPhase, parseOrderStatus, type OrderStatus } from './status';
import { firstText, isWireObject, wireText, type WireObject } from './wire';

/** The events of the wire contract, section 5. */
export const ORDER_EVENTS = [
	'order.paid',
	'order.expired',
	'order.cancelled',
	'order.confirming',
	'order.pending',
] as const;

export type OrderEvent = (typeof ORDER_EVENTS)[number];

/** Announced by the vendor, their names inferred [I]. */
export const REFUND_EVENTS = ['refund.succeeded', 'refund.failed'] as const;
/** Announced by the vendor, their names inferred [I]. */
export const DISPUTE_EVENTS = ['dispute.opened', 'dispute.closed'] as const;

/** An order whose status this package does not know: never paid, and for those who want all events. */
export const UNKNOWN_ORDER_EVENT = 'order.unknown';

/** Every event a webhook can be registered for. */
export const EVENTS = [...ORDER_EVENTS, ...REFUND_EVENTS, ...DISPUTE_EVENTS] as const;

/** One business event, whatever shape its delivery had. */
export type PonponPayEvent = {
	/** One of {@link EVENTS}, {@link UNKNOWN_ORDER_EVENT}, or a type that this package does not know yet. */
	type: string;
	/** Stable id of the business event: repeated by every redelivery. `null` where the delivery carries none. */
	eventId: string | null;
	/** The one that the delivery names; `odd` where it names none that exists, or two. `null` where it says nothing. */
	environment: Environment | 'odd' | null;
	/** Whether its type says one thing and the status in it another, so that only PonponPay's books can tell. */
	isContradictory: boolean;
	/** The order it is about; `null` where a refund's or dispute's delivery does not bring it along. */
	order: Order | null;
	/** Only in refund events. */
	refund: Refund | null;
	/** Only in dispute events. */
	dispute: Dispute | null;
};

/**
 * The event in a delivery's body, already parsed from JSON and already verified.
 *
 * Two shapes occur: the event envelope `{ type, data }` [S] and the flat callback, whose event follows from `status` [P].
 * A status that this package does not know is {@link UNKNOWN_ORDER_EVENT}. A flat callback may have a `type` of another
 * meaning; one that names another event than the status contradicts it.
 * In an envelope about a refund or dispute, `data` is that refund or dispute, and may carry its `order` [I].
 *
 * @param now Unix milliseconds, for the hours a dispute has left
 * @returns `undefined` when the body is neither
 */
export function parseEvent(body: unknown, now: number): PonponPayEvent | undefined {
	if (!isWireObject(body)) return undefined;
	const type = typeof body.type === 'string' ? spelt(body.type) : undefined;
	if (type !== undefined && isWireObject(body.data))
		return fromEnvelope(type, body, body.data, now);
	if (type !== undefined && isAboutOther(type)) return undefined;
	const wire = type === undefined ? body : asPreciseAs(type, body);
	const status = parseOrderStatus(wire.status);
	const order = toCallbackOrder(wire);
	const isAboutOrder = order.merchantOrderId !== null || order.tradeId !== null;
	if (status === undefined && !(isAboutOrder && isStatusTold(body))) return undefined;
	return {
		type: status === undefined ? UNKNOWN_ORDER_EVENT : eventOfStatus(status),
		eventId: firstText(body, 'event_id'),
		environment: toldEnvironment([body.environment]),
		isContradictory: type !== undefined && contradicts(wire, type),
		order,
		refund: null,
		dispute: null,
	};
}

/** A type that this package knows in its one spelling, whatever its letter case; any other as it came. */
function spelt(type: string): string {
	const usual = type
		.trim()
		.toLowerCase()
		.replace(/canceled$/, 'cancelled');
	return EVENTS.some((known) => known === usual) ? usual : type;
}

/** Whether it is about a refund or dispute, neither of which ever has an order's status. */
function isAboutOther(type: string): boolean {
	return type.startsWith('refund.') || type.startsWith('dispute.');
}

function fromEnvelope(
	type: string,
	envelope: WireObject,
	data: WireObject,
	now: number,
): PonponPayEvent {
	const isRefund = type.startsWith('refund.');
	const isDispute = type.startsWith('dispute.');
	const order = isRefund || isDispute ? data.order : data;
	const isUnknown = isOrderEvent(type) && isStatusUnknown(data);
	const refund = isRefund ? toRefund(data) : null;
	const dispute = isDispute ? toDispute(data, now) : null;
	return {
		type: isUnknown ? UNKNOWN_ORDER_EVENT : type,
		eventId: firstText(envelope, 'event_id') ?? firstText(data, 'event_id'),
		environment: toldEnvironment(
			[envelope, data, order].filter(isWireObject).map(({ environment }) => environment),
		),
		isContradictory: refund
			? refundContradicts(refund, type)
			: dispute
				? disputeContradicts(dispute, type)
				: contradicts(asPreciseAs(type, data), type),
		order: isWireObject(order) ? orderOf(withStatus(order, type)) : null,
		refund,
		dispute,
	};
}

/** The status that a refund has by the type of an event about it; `null` where the type tells none. */
export function refundStatusOf(type: string): string | null {
	return refundStatusNamed(/^refund\.(.+)$/.exec(type)?.[1] ?? null);
}

function refundContradicts(refund: Refund, type: string): boolean {
	const [told, status] = [refundStatusOf(type), refundStatusNamed(refund.status)];
	if (told === null || status === null || told === status) return false;
	return isOverRefund(told) || isOverRefund(status);
}

/** Which event a dispute with this status stands for. */
export function disputeEventOf(dispute: Pick<Dispute, 'status'>): (typeof DISPUTE_EVENTS)[number] {
	return isOpenDispute(dispute) ? 'dispute.opened' : 'dispute.closed';
}

function disputeContradicts(dispute: Dispute, type: string): boolean {
	const isTold = DISPUTE_STATUSES.some((known) => known === dispute.status);
	return (
		DISPUTE_EVENTS.some((known) => known === type) && isTold && disputeEventOf(dispute) !== type
	);
}

function contradicts(order: WireObject, type: string): boolean {
	const status = parseOrderStatus(order.status);
	return isOrderEvent(type) && status !== undefined && eventOfStatus(status) !== type;
}

const STATUS_OF_EVENT: Record<OrderEvent, OrderStatus> = {
	'order.paid': 'paid',
	'order.expired': 'expired',
	'order.cancelled': 'cancelled',
	'order.confirming': 'confirming',
	'order.pending': 'pending',
};

/** The event envelope tells the status by its type; its order need not repeat it [S]. One that it does tell counts. */
function withStatus(order: WireObject, type: string): WireObject {
	return isStatusTold(order) || !isOrderEvent(type)
		? asPreciseAs(type, order)
		: { ...order, status: STATUS_OF_EVENT[type] };
}

/** An event that is confirming by its type says more than the word "pending" beside it. */
function asPreciseAs(type: string, order: WireObject): WireObject {
	const isVague = type === 'order.confirming' && mayMeanConfirming(order.status);
	return isVague ? { ...order, status: STATUS_OF_EVENT[type] } : order;
}

function isStatusTold({ status }: WireObject): boolean {
	return wireText(status) !== null;
}

function isStatusUnknown(order: WireObject): boolean {
	return isStatusTold(order) && parseOrderStatus(order.status) === undefined;
}

/** The order in an envelope may have the names of a callback; only those know a `fiat_amount` beside the quantity. */
function orderOf(wire: WireObject): Order {
	const isCallback = wireText(wire.fiat_amount) !== null && wireText(wire.actual_amount) === null;
	return isCallback ? toCallbackOrder(wire) : toOrder(wire);
}

/**
 * The ID for want of which nobody can tell what an event is about, by its name on the wire; `undefined` where it names
 * something, or is of a kind that this package does not know.
 */
export function missingId({ type, order, refund, dispute }: PonponPayEvent): string | undefined {
	const isOrderNamed = (order?.tradeId ?? order?.merchantOrderId ?? null) !== null;
	if (isOrderNamed) return undefined;
	if (refund) {
		const id = refund.refundId ?? refund.merchantRefundId ?? refund.tradeId;
		return id === null ? 'refund_id' : undefined;
	}
	if (dispute) {
		const id = dispute.disputeId ?? dispute.tradeId ?? dispute.merchantOrderId;
		return id === null ? 'dispute_id' : undefined;
	}
	return isOrderEvent(type) || type === UNKNOWN_ORDER_EVENT ? 'trade_id' : undefined;
}

/** Whether it is about something that was bought with money of the sandbox, whatever environment it names. */
export function isAboutSandboxOrder({ order, refund, dispute }: PonponPayEvent): boolean {
	return [order, refund, dispute].some((thing) => isSandboxTradeId(thing?.tradeId));
}

/** Which event a flat callback with this status stands for [P]. */
export function eventOfStatus(status: OrderStatus): OrderEvent {
	switch (orderPhase(status)) {
		case 'paid':
			return 'order.paid';
		case 'final':
			return status === 'expired' ? 'order.expired' : 'order.cancelled';
		case 'pending':
			return status === 'confirming' ? 'order.confirming' : 'order.pending';
	}
}

/** How far an order has come: an order goes up, never down. */
const PROGRESS: Record<OrderEvent, number> = {
	'order.pending': 0,
	'order.confirming': 1,
	'order.expired': 2,
	'order.cancelled': 2,
	'order.paid': 3,
};

/** Whether the event follows from an order's status, as those about refunds and disputes do not. */
export function isOrderEvent(type: string): type is OrderEvent {
	return Object.hasOwn(PROGRESS, type);
}

/** Whether an order of which the first is told has come further than with the second. */
export function isFurther(event: OrderEvent, than: OrderEvent): boolean {
	return PROGRESS[event] > PROGRESS[than];
}
