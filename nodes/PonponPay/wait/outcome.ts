import type { NodeConnectionType } from 'n8n-workflow';

import type { Order } from '../../shared/model/order';
import { orderPhase } from '../../shared/model/status';

/**
 * The outputs of a waiting node. n8n puts on output 0 whatever it does on its own account (an exception, a time-out, a node
 * that is turned off, an older version that knows one output only): so that must never be "Paid".
 */
export const OUTPUTS = ['Not Paid', 'Paid'] as const;

const WAITING_OPERATIONS = ['createAndWait', 'wait'];

/** What n8n asks how many outputs the node has: two for a waiting operation, else one. */
export const OUTPUTS_EXPRESSION: `={{${string}}}` = `={{ $parameter.resource === 'order' && ${JSON.stringify(WAITING_OPERATIONS)}.includes($parameter.operation) ? ${JSON.stringify(
	OUTPUTS.map((displayName) => ({ type: 'main' satisfies NodeConnectionType, displayName })),
)} : ['main'] }}`;

/** Why an order that was still open was given up: its time was up, or PonponPay did not say for long how it stands. */
export type GivenUp = 'timeUp' | 'unreachable';

/** An order as it leaves the node. */
export type WaitedOrder = Order & {
	/** Why it leaves by "Not Paid"; `null` for one that is paid. */
	reason: 'expired' | 'cancelled' | GivenUp | null;
};

/** Whether an order is paid or over. What is not known to be so is still open. */
export function isSettled(order: Order): boolean {
	return order.isPaid || endOf(order) !== undefined;
}

/** Whether a payment has been seen that PonponPay has yet to confirm. */
export function isConfirming(order: Order): boolean {
	if (isSettled(order)) return false;
	return order.status === 'confirming' || order.transactionHash !== null;
}

/** Whether nobody has begun to pay: what is not known to be so is not cancelled. */
export function isUntouched(order: Order): boolean {
	return order.status !== 'unknown' && !isSettled(order) && !isConfirming(order);
}

/** The number of the output by which an order leaves. */
export function outputOf({ isPaid }: Order): 0 | 1 {
	return isPaid ? 1 : 0;
}

export function outcomeOf(order: Order, givenUp: GivenUp): WaitedOrder {
	return { ...order, reason: order.isPaid ? null : (endOf(order) ?? givenUp) };
}

function endOf({ status }: Order): 'expired' | 'cancelled' | undefined {
	if (status === 'unknown' || orderPhase(status) !== 'final') return undefined;
	return status as 'expired' | 'cancelled';
}
