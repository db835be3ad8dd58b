import type { PonponPayClient } from '../shared/api/client';
import { explain } from '../shared/api/errors';
import { ApiFailure, isNotFound } from '../shared/api/failure';
import { eventOfStatus, UNKNOWN_ORDER_EVENT, type PonponPayEvent } from '../shared/model/event';
import { identify } from '../shared/model/eventIdentity';
import { orderReferenceOf } from '../shared/model/order';
import type { Message } from '../shared/signature/message';
import { refuse, type Refusal } from '../shared/signature/refusal';

/**
 * What has really happened where a delivery says two things at once: what PonponPay's books say about the order.
 *
 * @param body the raw body, by which events of unknown things are told apart
 */
export async function settleContradiction(
	client: PonponPayClient,
	message: Message,
	body: Buffer,
): Promise<Message | Refusal> {
	const { event, environment } = message;
	const { order: told } = event;
	if (told === null || (told.tradeId ?? told.merchantOrderId) === null) {
		return refuse('notConfirmed', { field: 'order' });
	}
	try {
		const { value: order } = await client.ask('orderDetail', orderReferenceOf(told));
		const type = order.status === 'unknown' ? UNKNOWN_ORDER_EVENT : eventOfStatus(order.status);
		const settled: PonponPayEvent = { ...event, type, order, isContradictory: false };
		return { ...message, event: settled, identity: identify(settled, environment, body) };
	} catch (error) {
		if (!(error instanceof ApiFailure)) return refuse('cannotConfirm');
		if (isNotFound(error)) return refuse('notConfirmed', { field: 'id' });
		return refuse('cannotConfirm', { cause: explain(error).message });
	}
}
