import type { IWebhookFunctions } from 'n8n-workflow';

import { loadCredential } from '../shared/api/connection';
import { CREDENTIAL_TYPE, type PonponPayCredential } from '../shared/api/credential';
import { RecentCredential } from '../shared/n8n/recentCredential';
import { EventMemory } from '../shared/webhook/eventMemory';
import { PaidOrders } from '../shared/webhook/paidOrders';
import { RefusalLog } from '../shared/webhook/refusalLog';
import { NonceMemory } from '../shared/webhook/replay';

/** What one receiver remembers, for as long as this n8n process lives: n8n gives a trigger nothing more lasting. */
export type Memory = {
	readonly credential: RecentCredential<PonponPayCredential>;
	readonly nonces: NonceMemory;
	readonly events: EventMemory;
	readonly paidOrders: PaidOrders;
	readonly refusals: RefusalLog;
};

const memories = new Map<string, Memory>();

const now = () => Date.now();

/**
 * The memory of this trigger at this URL; the test URL has another one.
 *
 * Triggers share nothing: PonponPay may send one signed delivery, and surely one event, to several of them.
 */
export function memoryOf(context: IWebhookFunctions): Memory {
	const receiver = [context.getWorkflow().id, context.getNode().id, context.getMode()].join('/');
	const memory = memories.get(receiver) ?? {
		credential: new RecentCredential(CREDENTIAL_TYPE, loadCredential, now),
		nonces: new NonceMemory(now),
		events: new EventMemory(),
		paidOrders: new PaidOrders(),
		refusals: new RefusalLog(now),
	};
	memories.set(receiver, memory);
	return memory;
}
