import { refuse, type Refusal } from '../signature/refusal';
import type { PonponPayClient } from './client';
import { ENDPOINTS, type EndpointName, type EndpointsOf } from './endpoints';
import { explain } from './errors';
import { ApiFailure, isNotFound } from './failure';
import type { Answer } from './shapes/shape';
import type { RequestBody } from '../model/json';
import type { Dispute } from '../model/dispute';
import type { Refund } from '../model/refund';

/** Whoever has sent a delivery waits for our answer meanwhile, and repeats what we could not confirm. */
export const SENDER_PATIENCE = { mostTries: 2, totalMs: 8_000, timeoutMs: 4_000 };

/** What PonponPay's own records have of a thing that a delivery is about, or why the delivery is to be refused. */
export async function lookUpInBooks<T>(
	client: PonponPayClient,
	endpoint: EndpointsOf<Answer<T>>,
	id: RequestBody,
): Promise<Answer<T> | Refusal> {
	try {
		return (await client.ask<EndpointName>(endpoint, id)) as Answer<T>;
	} catch (error) {
		if (!(error instanceof ApiFailure)) return refuse('cannotConfirm');
		if (isNotFound(error)) return refuse('notConfirmed', { field: 'id' });
		const { message: cause } = explain(error);
		const isForGood = error.kind === 'notOffered' && (await isMissing(client, endpoint));
		return refuse(isForGood ? 'notConfirmable' : 'cannotConfirm', { cause });
	}
}

/**
 * Whether PonponPay has no such records, as it seems, and not only a host that knows no route at all for the moment: then
 * its published endpoints would be missing, too.
 */
async function isMissing(client: PonponPayClient, endpoint: EndpointName): Promise<boolean> {
	if (ENDPOINTS[endpoint].standing === 'published') return false;
	return await client.ask('merchantDetail').then(
		() => true,
		() => false,
	);
}

/** How an endpoint is told which refund is meant; `undefined` for one without an ID, which nobody can look up. */
export function refundReferenceOf({ refundId, merchantRefundId }: Refund): RequestBody | undefined {
	if (refundId !== null) return { refund_id: refundId };
	return merchantRefundId === null ? undefined : { mch_refund_id: merchantRefundId };
}

/** How an endpoint is told which dispute is meant; `undefined` for one without an ID, which nobody can look up. */
export function disputeReferenceOf({ disputeId }: Dispute): RequestBody | undefined {
	return disputeId === null ? undefined : { dispute_id: disputeId };
}
