import type { PonponPayClient } from '../shared/api/client';
import type { EndpointName, EndpointsOf } from '../shared/api/endpoints';
import { explain } from '../shared/api/errors';
import { ApiFailure, isNotFound } from '../shared/api/failure';
import type { Answer } from '../shared/api/shapes/shape';
import type { Dispute } from '../shared/model/dispute';
import type { PonponPayEvent } from '../shared/model/event';
import type { RequestBody } from '../shared/model/json';
import { orderReferenceOf, type Order } from '../shared/model/order';
import type { Refund } from '../shared/model/refund';
import { refuse, type Refusal } from '../shared/signature/refusal';
import { compareDispute, compareOrder, compareRefund, type Comparison } from './compareClaim';

/** PonponPay waits for our answer meanwhile, and repeats what we could not confirm. */
export const CONFIRM_PATIENCE = { mostTries: 2, totalMs: 8_000, timeoutMs: 4_000 };

/** An event as PonponPay's own records have it. */
export type Confirmed = { readonly event: PonponPayEvent; readonly isStale: boolean };

/**
 * Reads back from the API what an event is about, so that not even somebody who knows the webhook secret can invent a
 * payment. What the event then says comes from the API, not from the delivery.
 */
export async function confirmEvent(
	client: PonponPayClient,
	event: PonponPayEvent,
): Promise<Confirmed | Refusal> {
	const { type, order, refund, dispute } = event;
	if (!order && !refund && !dispute) return refuse('notConfirmed', { field: 'order' });

	const ownRefund =
		refund &&
		(await readBack(client, 'refundDetail', refundId(refund), (found: Refund) =>
			compareRefund(refund, found, type),
		));
	if (ownRefund && 'reason' in ownRefund) return ownRefund;

	const ownDispute =
		dispute &&
		(await readBack(client, 'disputeDetail', disputeId(dispute), (found: Dispute) =>
			compareDispute(dispute, found, type),
		));
	if (ownDispute && 'reason' in ownDispute) return ownDispute;

	const typeOfOrder = refund || dispute ? undefined : type;
	const ownOrder =
		order &&
		(await readBack(client, 'orderDetail', orderReferenceOf(order), (found: Order) =>
			compareOrder(order, found, typeOfOrder),
		));
	if (ownOrder && 'reason' in ownOrder) return ownOrder;

	return {
		event: {
			...event,
			order: ownOrder?.found ?? null,
			refund: ownRefund?.found ?? null,
			dispute: ownDispute?.found ?? null,
		},
		isStale: [ownRefund, ownDispute, ownOrder].some((own) => own?.isStale),
	};
}

async function readBack<T>(
	client: PonponPayClient,
	endpoint: EndpointsOf<Answer<T>>,
	id: RequestBody,
	compare: (found: T) => Comparison,
): Promise<{ found: T; isStale: boolean } | Refusal> {
	try {
		const { value: found } = (await client.ask<EndpointName>(endpoint, id)) as Answer<T>;
		const result = compare(found);
		return 'differs' in result
			? refuse('notConfirmed', { field: result.differs })
			: { found, isStale: result.isStale };
	} catch (error) {
		if (!(error instanceof ApiFailure)) return refuse('cannotConfirm');
		if (isNotFound(error)) return refuse('notConfirmed', { field: 'id' });
		return refuse('cannotConfirm', { cause: explain(error).message });
	}
}

function refundId({ refundId: id, merchantRefundId }: Refund): RequestBody {
	return id === null ? { mch_refund_id: merchantRefundId ?? undefined } : { refund_id: id };
}

function disputeId({ disputeId: id }: Dispute): RequestBody {
	return { dispute_id: id ?? undefined };
}
