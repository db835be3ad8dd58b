import type { INodeExecutionData } from 'n8n-workflow';

import type { PonponPayCredential } from '../shared/api/credential';
import { dedupeKey } from '../shared/model/dedupeKey';
import type { OrderEvent, PonponPayEvent } from '../shared/model/event';
import type { Order } from '../shared/model/order';
import type { WireObject } from '../shared/model/wire';
import { toItem } from '../shared/trigger/item';

/** The event that an order's having come so far is. */
export function toEvent(order: Order, type: OrderEvent): PonponPayEvent {
	return {
		type,
		eventId: null,
		environment: null,
		isContradictory: false,
		order,
		refund: null,
		dispute: null,
	};
}

/** @param raw the order as PonponPay sent it, if the user wants it */
export function toPolledItem(
	event: PonponPayEvent,
	{ environment }: PonponPayCredential,
	raw: WireObject | undefined,
): INodeExecutionData {
	return toItem(event, {
		dedupeKey: dedupeKey(event, environment) ?? '',
		isDuplicate: false,
		isStale: false,
		raw,
	});
}
