import type { NodeConnectionType } from 'n8n-workflow';

import type { Order } from '../../shared/model/order';
import { orderPhase } from '../../shared/model/status';

/**
 * The outputs of a waiting node. n8n puts on output 0 whatever it does on its own account (an exception, a time-out, an
 * older version that knows one output only): so that must never be "Paid".
 */
export const OUTPUTS = ['Still Open', 'Expired or Cancelled', 'Paid'] as const;

const WAITING_OPERATIONS = ['createAndWait', 'wait'];

/** What n8n asks how many outputs the node has: three for a waiting operation, else one. */
export const OUTPUTS_EXPRESSION: `={{${string}}}` = `={{ $parameter.resource === 'order' && ${JSON.stringify(WAITING_OPERATIONS)}.includes($parameter.operation) ? ${JSON.stringify(
	OUTPUTS.map((displayName) => ({ type: 'main' satisfies NodeConnectionType, displayName })),
)} : ['main'] }}`;

/** The number of the output by which an order leaves. What is not known to be paid or over is still open. */
export function outputOf({ status, isPaid }: Order): 0 | 1 | 2 {
	if (isPaid) return 2;
	return status !== 'unknown' && orderPhase(status) === 'final' ? 1 : 0;
}

export function isSettled(order: Order): boolean {
	return outputOf(order) !== 0;
}
