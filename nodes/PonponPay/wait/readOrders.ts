import type { IExecuteFunctions } from 'n8n-workflow';

import type { PonponPayClient } from '../../shared/api/client';
import { toNodeError } from '../../shared/api/errors';
import { ApiFailure } from '../../shared/api/failure';
import { mapConcurrently } from '../../shared/concurrency';
import { orderReferenceOf, type Order } from '../../shared/model/order';
import { cancelRequest } from '../actions/order/cancelRequest';
import { connect } from '../runItems';
import { isUntouched } from './outcome';
import type { WaitedFor } from './waiting';

/**
 * How the orders stand now; `undefined` when PonponPay cannot be asked.
 *
 * @param cancelsOpen whether to cancel those that nobody has begun to pay
 */
export async function readOrders(
	context: IExecuteFunctions,
	waitedFor: WaitedFor[],
	cancelsOpen: boolean,
): Promise<WaitedFor[] | undefined> {
	const client = await connect(context);
	try {
		return await mapConcurrently(waitedFor.length, client.concurrency, async (index) => {
			const { order: before, itemIndex } = waitedFor[index];
			const order = await readOrder(client, before);
			const isCancelled = cancelsOpen && isUntouched(order);
			return { order: isCancelled ? await cancelOrder(client, order) : order, itemIndex };
		});
	} catch (error) {
		if (error instanceof ApiFailure && error.kind !== 'cancelled') return undefined;
		throw toNodeError(context.getNode(), error);
	}
}

async function readOrder(client: PonponPayClient, before: Order): Promise<Order> {
	return latest(before, (await client.ask('orderDetail', orderReferenceOf(before))).value);
}

/** Cancels what nobody paid. A payment that comes first wins, and a refusal leaves the order as open as it was. */
async function cancelOrder(client: PonponPayClient, before: Order): Promise<Order> {
	const id = before.tradeId ?? before.merchantOrderId ?? '';
	const outcome = await client
		.once(cancelRequest(id, orderReferenceOf(before)))
		.catch((error: unknown) => error as Error);
	if (!(outcome instanceof Error)) return latest(before, outcome.value);
	if (outcome instanceof ApiFailure && outcome.kind === 'refused') {
		return await readOrder(client, before);
	}
	throw outcome;
}

/** The order as PonponPay tells it now; what an answer leaves out stays as it was. */
function latest(before: Order, now: Order): Order {
	const told = Object.entries(now).filter(([, value]) => value !== null);
	return { ...before, ...(Object.fromEntries(told) as Partial<Order>) };
}
