import {
	disputeEventOf,
	eventOfStatus,
	isFurther,
	isOrderEvent,
	UNKNOWN_ORDER_EVENT,
	type PonponPayEvent,
} from '../model/event';
import { identify } from '../model/eventIdentity';
import { orderReferenceOf, type Order } from '../model/order';
import { isOverRefund, refundStatusNamed, type Refund } from '../model/refund';
import type { Dispute } from '../model/dispute';
import type { RequestBody } from '../model/json';
import type { Message } from '../signature/message';
import { refuse, type Refusal } from '../signature/refusal';
import { disputeReferenceOf, lookUpInBooks, refundReferenceOf } from './books';
import type { PonponPayClient } from './client';
import type { EndpointsOf } from './endpoints';
import type { Answer } from './shapes/shape';

type Settled = Partial<PonponPayEvent> & Pick<PonponPayEvent, 'type'>;

/**
 * What has really happened where a delivery says two things at once: what PonponPay's books say about the order, refund or
 * dispute. A delivery that is not contradictory stays as it is.
 *
 * @param connect gives the client, where it is needed
 * @param body the raw body, by which events of unknown things are told apart
 */
export async function settleContradiction<M extends Message>(
	message: M,
	connect: () => Promise<PonponPayClient>,
	body: Buffer,
): Promise<M | Refusal> {
	const { event, environment } = message;
	if (!event.isContradictory) return message;
	const settled = await settle(await connect(), event);
	if ('reason' in settled) return settled;
	const told: PonponPayEvent = { ...event, ...settled, isContradictory: false };
	return { ...message, event: told, identity: identify(told, environment, body) };
}

async function settle(
	client: PonponPayClient,
	{ type, order, refund, dispute }: PonponPayEvent,
): Promise<Settled | Refusal> {
	if (refund) {
		return await ask(client, 'refundDetail', refundReferenceOf(refund), settleRefund);
	}
	if (dispute) {
		const settleDispute = (found: Dispute) => ({ type: disputeEventOf(found), dispute: found });
		return await ask(client, 'disputeDetail', disputeReferenceOf(dispute), settleDispute);
	}
	const id = order === null ? undefined : orderReferenceOf(order);
	return await ask(client, 'orderDetail', id, (found: Order) => settleOrder(type, order, found));
}

async function ask<T>(
	client: PonponPayClient,
	endpoint: EndpointsOf<Answer<T>>,
	id: RequestBody | undefined,
	decide: (found: T) => Settled | Refusal,
): Promise<Settled | Refusal> {
	if (id === undefined) return refuse('notConfirmed', { field: 'id' });
	const answer = await lookUpInBooks<T>(client, endpoint, id);
	return 'reason' in answer ? answer : decide(answer.value);
}

/** Books that are behind both things that were told can decide between neither. */
function settleOrder(type: string, told: Order | null, order: Order): Settled | Refusal {
	if (order.status === 'unknown') return { type: UNKNOWN_ORDER_EVENT, order };
	const now = eventOfStatus(order.status);
	const toldByStatus = told && told.status !== 'unknown' ? eventOfStatus(told.status) : now;
	const isBehind = isOrderEvent(type) && isFurther(type, now) && isFurther(toldByStatus, now);
	return isBehind ? refuse('notYetConfirmed', { field: 'status' }) : { type: now, order };
}

function settleRefund(refund: Refund): Settled | Refusal {
	const status = refundStatusNamed(refund.status);
	if (status === null || !isOverRefund(status)) {
		return refuse('notYetConfirmed', { field: 'status' });
	}
	return { type: `refund.${status}`, refund };
}
