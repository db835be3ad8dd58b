import type { IWebhookFunctions } from 'n8n-workflow';

import { onAnswer } from '../n8n/httpResponse';
import { openDelivery, type OpenedDelivery } from '../signature/delivery';
import type { KeyLookup } from '../signature/keySet';
import { isSuccess, refuse, type Refusal } from '../signature/refusal';
import type { Trust } from '../signature/trust';
import type { Delivery } from '../signature/verifySignature';
import type { SignedDeliveries } from './signedDeliveries';
import { waitForEnd } from './waitForEnd';

/** What opening a delivery at a webhook needs of the world. */
export type DoorTools = {
	/** Unix milliseconds. */
	readonly now: () => number;
	readonly lookUpKey: KeyLookup;
	readonly deliveries: SignedDeliveries;
	/** After how many milliseconds without an answer of n8n a delivery counts as lost. */
	readonly leaseMs: number;
	/** Where the delivery has come, if the deliveries to several places are remembered together. */
	readonly place?: string;
};

/**
 * The door for deliveries to a webhook of n8n. What n8n does not take has used up nothing; and the very same delivery, come
 * again because its answer was lost, is told what became of the first.
 *
 * @returns `taken` for one that n8n has taken before: it is to be answered 200, and starts nothing
 */
export async function openOnce(
	context: IWebhookFunctions,
	delivery: Delivery,
	trust: Trust,
	{ now, lookUpKey, deliveries, leaseMs, place }: DoorTools,
): Promise<OpenedDelivery | Refusal | 'taken'> {
	const response = context.getResponseObject();
	for (;;) {
		const nonces = deliveries.receive(delivery.body, leaseMs, place);
		const opened = await openDelivery(delivery, trust, { now, lookUpKey, nonces });
		if (!('reason' in opened)) {
			onAnswer(response, (status) => (isSuccess(status) ? nonces.confirm() : opened.release()));
			return opened;
		}
		const { earlier } = nonces;
		if (earlier === undefined) return opened;
		if (earlier.wasTaken === true) return 'taken';
		if (!(await waitForEnd(earlier, response))) return refuse('underWay');
	}
}
