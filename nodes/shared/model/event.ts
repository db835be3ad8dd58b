import { toDispute, type Dispute } from './dispute';
import { toOrder, type Order } from './order';
import { toRefund, type Refund } from './refund';
import { orderPhase, parseOrderStatus, type OrderStatus } from './status';
import { firstText, isWireObject, type WireObject } from './wire';

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

/** Every event a webhook can be registered for. */
export const EVENTS = [...ORDER_EVENTS, ...REFUND_EVENTS, ...DISPUTE_EVENTS] as const;

/** One business event, whatever shape its delivery had. */
export type PonponPayEvent = {
	/** One of {@link EVENTS}, or a type of the event envelope that this package does not know yet. */
	type: string;
	/** Stable id of the business event: repeated by every redelivery. `null` where the delivery carries none. */
	eventId: string | null;
	/** `production` or `sandbox`, where the delivery says it. */
	environment: string | null;
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
 * In an envelope about a refund or dispute, `data` is that refund or dispute, and may carry its `order` [I].
 *
 * @param now Unix milliseconds, for the hours a dispute has left
 * @returns `undefined` when the body is neither
 */
export function parseEvent(body: unknown, now: number): PonponPayEvent | undefined {
	if (!isWireObject(body)) return undefined;
	if (typeof body.type === 'string') {
		return isWireObject(body.data) ? fromEnvelope(body.type, body, body.data, now) : undefined;
	}
	const status = parseOrderStatus(body.status);
	if (status === undefined) return undefined;
	return {
		type: eventOfStatus(status),
		eventId: firstText(body, 'event_id'),
		environment: firstText(body, 'environment'),
		order: toOrder(body),
		refund: null,
		dispute: null,
	};
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
	return {
		type,
		eventId: firstText(envelope, 'event_id') ?? firstText(data, 'event_id'),
		environment: firstText(envelope, 'environment') ?? firstText(data, 'environment'),
		order: isWireObject(order) ? toOrder(withStatus(order, type)) : null,
		refund: isRefund ? toRefund(data) : null,
		dispute: isDispute ? toDispute(data, now) : null,
	};
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
	const isTold = order.status !== undefined && order.status !== null;
	return isTold || !isOrderEvent(type) ? order : { ...order, status: STATUS_OF_EVENT[type] };
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
