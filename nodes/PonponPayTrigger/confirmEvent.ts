import { disputeReferenceOf, lookUpInBooks, refundReferenceOf } from '../shared/api/books';
import type { PonponPayClient } from '../shared/api/client';
import type { EndpointsOf } from '../shared/api/endpoints';
import type { Answer } from '../shared/api/shapes/shape';
import type { Dispute } from '../shared/model/dispute';
import type { PonponPayEvent } from '../shared/model/event';
import type { RequestBody } from '../shared/model/json';
import { orderReferenceOf, type Order } from '../shared/model/order';
import type { Refund } from '../shared/model/refund';
import { mayMeanConfirming, orderStatusCode } from '../shared/model/status';
import { refuse, type Refusal } from '../shared/signature/refusal';
import { compareDispute, compareOrder, compareRefund, type Comparison } from './compareClaim';

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
		(await readBack(
			client,
			'refundDetail',
			refundReferenceOf(refund),
			({ value }: Answer<Refund>) => judged(value, compareRefund(refund, value, type)),
		));
	if (ownRefund && 'reason' in ownRefund) return ownRefund;

	const ownDispute =
		dispute &&
		(await readBack(
			client,
			'disputeDetail',
			disputeReferenceOf(dispute),
			({ value }: Answer<Dispute>) => judged(value, compareDispute(dispute, value, type)),
		));
	if (ownDispute && 'reason' in ownDispute) return ownDispute;

	const typeOfOrder = refund || dispute ? undefined : type;
	const ownOrder =
		order &&
		(await readBack(client, 'orderDetail', orderId(order), (answer: Answer<Order>) => {
			const found = asPreciseAs(typeOfOrder, answer);
			return judged(found, compareOrder(order, found, typeOfOrder));
		}));
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

type Judged<T> = { readonly found: T; readonly isStale: boolean };

async function readBack<T>(
	client: PonponPayClient,
	endpoint: EndpointsOf<Answer<T>>,
	id: RequestBody | undefined,
	judge: (answer: Answer<T>) => Judged<T> | Refusal,
): Promise<Judged<T> | Refusal> {
	if (id === undefined) return refuse('notConfirmed', { field: 'id' });
	const answer = await lookUpInBooks<T>(client, endpoint, id);
	return 'reason' in answer ? answer : judge(answer);
}

function judged<T>(found: T, result: Comparison): Judged<T> | Refusal {
	if ('differs' in result) return refuse('notConfirmed', { field: result.differs });
	if ('isBehind' in result) return refuse('notYetConfirmed', { field: 'status' });
	return { found, isStale: result.isStale };
}

/** The words of PonponPay's books know no "confirming" [P]: there such an order is pending, and the delivery says more. */
function asPreciseAs(type: string | undefined, { value, wire }: Answer<Order>): Order {
	if (type !== 'order.confirming' || !mayMeanConfirming(wire.status)) return value;
	return { ...value, status: 'confirming', statusCode: orderStatusCode('confirming') };
}

function orderId(order: Order): RequestBody | undefined {
	const isNamed = (order.tradeId ?? order.merchantOrderId) !== null;
	return isNamed ? orderReferenceOf(order) : undefined;
}
