import type { IWebhookFunctions } from 'n8n-workflow';

import { NonceMemory } from '../shared/webhook/replay';

/** Nonces by receiver, for as long as this n8n process lives. */
const nonces = new Map<string, NonceMemory>();

/** Each trigger has a memory of its own: PonponPay may send one signed delivery to two of them. */
export function noncesOf(context: IWebhookFunctions): NonceMemory {
	const receiver = receiverOf(context);
	const memory = nonces.get(receiver) ?? new NonceMemory(Date.now);
	nonces.set(receiver, memory);
	return memory;
}

/** A trigger at one URL; the test URL is another one. */
function receiverOf(context: IWebhookFunctions): string {
	return [context.getWorkflow().id, context.getNode().id, context.getMode()].join('/');
}
