import type { PonponPayClient } from '../shared/api/client';
import { explain } from '../shared/api/errors';
import { ApiFailure } from '../shared/api/failure';
import type { PonponPayEvent } from '../shared/model/event';
import { orderReferenceOf } from '../shared/model/order';
import type { Message } from '../shared/signature/message';
import { refuse, type Refusal } from '../shared/signature/refusal';
import type { KnownOrders } from './knownOrders';

/**
 * An event whose order is known by the merchant's own ID, as every other delivery about it tells it: one that carries
 * PonponPay's ID alone would else count as about another order. Who has not told it yet is asked, for payments.
 *
 * @param connect gives the client, where it is needed
 * @returns a refusal where PonponPay may answer later; where it never will, the event as it came
 */
export async function nameFully(
	{ event, environment }: Message,
	orders: KnownOrders,
	connect: () => Promise<PonponPayClient>,
): Promise<PonponPayEvent | Refusal> {
	if (event.order === null || event.order.merchantOrderId !== null) return event;
	const order = orders.completed(event.order, environment);
	if (order.merchantOrderId !== null) return { ...event, order };
	if (event.type !== 'order.paid') return event;
	try {
		const { value } = await (await connect()).ask('orderDetail', orderReferenceOf(order));
		return { ...event, order: { ...order, merchantOrderId: value.merchantOrderId } };
	} catch (error) {
		if (!mayAnswerLater(error)) return event;
		return refuse('cannotConfirm', { cause: explain(error).message });
	}
}

function mayAnswerLater(error: unknown): error is ApiFailure {
	const passing = ['unavailable', 'interrupted', 'rateLimited'];
	return error instanceof ApiFailure && passing.includes(error.kind);
}
