import type { PonponPayClient } from '../shared/api/client';
import { explain } from '../shared/api/errors';
import { ApiFailure } from '../shared/api/failure';
import type { PonponPayEvent } from '../shared/model/event';
import { orderReferenceOf, type Order } from '../shared/model/order';
import type { Message } from '../shared/signature/message';
import { refuse, type Refusal } from '../shared/signature/refusal';
import type { KnownOrders } from './knownOrders';

/**
 * An event whose order is known by both of its IDs, where that decides which order it is.
 *
 * One that carries PonponPay's ID alone would else count as about another order than every other delivery. Who has not told
 * the merchant's own ID yet is asked, for payments. Where PonponPay could not say it, those payments are asked about that
 * carry the merchant's ID alone: each may be one that has come before.
 *
 * @param connect gives the client, where it is needed
 * @returns a refusal where PonponPay may answer later; where it never will, the event as it came
 */
export async function nameFully(
	{ event, environment }: Message,
	orders: KnownOrders,
	connect: () => Promise<PonponPayClient>,
): Promise<PonponPayEvent | Refusal> {
	if (event.order === null) return event;
	const order = orders.completed(event.order, environment);
	const isComplete =
		order.merchantOrderId !== null && (order.tradeId !== null || !orders.hasNameless);
	if (isComplete || event.type !== 'order.paid') return { ...event, order };
	const named = await askForNames(order, connect);
	if ('reason' in named) return named;
	if (named.merchantOrderId === null) orders.noteNameless(order, environment);
	return { ...event, order: named };
}

async function askForNames(
	order: Order,
	connect: () => Promise<PonponPayClient>,
): Promise<Order | Refusal> {
	try {
		const { value } = await (await connect()).ask('orderDetail', orderReferenceOf(order));
		const { tradeId, merchantOrderId } = value;
		return {
			...order,
			tradeId: order.tradeId ?? tradeId,
			merchantOrderId: order.merchantOrderId ?? merchantOrderId,
		};
	} catch (error) {
		if (!mayAnswerLater(error)) return order;
		return refuse('cannotConfirm', { cause: explain(error).message });
	}
}

function mayAnswerLater(error: unknown): error is ApiFailure {
	const passing = ['unavailable', 'interrupted', 'rateLimited'];
	return error instanceof ApiFailure && passing.includes(error.kind);
}
