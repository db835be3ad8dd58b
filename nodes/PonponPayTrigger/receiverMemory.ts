import type { IWebhookFunctions } from 'n8n-workflow';

import { loadCredential } from '../shared/api/connection';
import { CREDENTIAL_TYPE, type PonponPayCredential } from '../shared/api/credential';
import { LruMap } from '../shared/lruMap';
import { EventMemory } from './eventMemory';
import { receiverOf } from '../shared/once/owner';
import { KnownOrders } from './knownOrders';
import { RecentCredential } from '../shared/n8n/recentCredential';
import { processMemory } from '../shared/once/processMemory';
import { SignedDeliveries } from '../shared/once/signedDeliveries';
import { RefusalLog } from '../shared/signature/refusalLog';

/** What one receiver remembers, for as long as this n8n process lives: n8n gives a trigger nothing more lasting. */
export type ReceiverMemory = {
	readonly credential: RecentCredential<PonponPayCredential>;
	readonly deliveries: SignedDeliveries;
	readonly events: EventMemory;
	readonly orders: KnownOrders;
	readonly refusals: RefusalLog;
};

const memories = processMemory(
	'received deliveries',
	(capacity) =>
		new LruMap<ReceiverMemory>(
			capacity,
			({ deliveries, events }) => deliveries.size > 0 || events.isUnderWay,
		),
);

const now = () => Date.now();

/**
 * The memory of this trigger at this URL; the test URL has another one.
 *
 * Triggers share nothing: PonponPay may send one signed delivery, and surely one event, to several of them.
 */
export function receiverMemoryOf(context: IWebhookFunctions): ReceiverMemory {
	return memories.getOrMake(receiverOf(context), () => ({
		credential: new RecentCredential(CREDENTIAL_TYPE, loadCredential, now),
		deliveries: new SignedDeliveries(now),
		events: new EventMemory(now),
		orders: new KnownOrders(),
		refusals: new RefusalLog(now),
	}));
}
