import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import type { Order } from '../../shared/model/order';
import { findSuspension, recallSuspension } from '../../shared/n8n/suspension';

export type WaitedFor = { order: Order; itemIndex: number };

/**
 * What a waiting node has to know when it runs again. Kept by n8n with the suspended execution, so that it survives a
 * restart.
 */
export type Waiting = {
	/** Of this suspension; the next one of the same node has another. */
	id: string;
	/** The orders waited for as last seen, each with the item it belongs to. */
	orders: WaitedFor[];
	/** Items that could not be started, where the node continues on fail. They leave with the others. */
	failed: INodeExecutionData[];
	/** Unix milliseconds: when the node began to wait; tells its waits in one execution apart. */
	since: number;
	/** Unix milliseconds: after that the node gives up, unless a payment is confirming. */
	deadline: number;
};

/** What this node was waiting for, if it runs again after a suspension. */
export function recallWaiting(context: IExecuteFunctions): Waiting | undefined {
	return recallSuspension(context) as Waiting | undefined;
}

/** What the suspended node is waiting for; for the webhook that may wake it. */
export function findWaiting(context: IWebhookFunctions): Waiting | undefined {
	return findSuspension(context) as Waiting | undefined;
}
