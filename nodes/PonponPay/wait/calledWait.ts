import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { callerOf, isConnected } from '../../shared/n8n/caller';
import { OUTPUTS } from './outcome';

/**
 * Refuses to wait where the workflow that has called this one would take an order for paid that is not, or hear nothing of one
 * that is: before anything is created.
 *
 * n8n hands a caller what the last node puts out by its first output. That of a waiting node is "Not Paid".
 *
 * @throws NodeOperationError that says what to change
 */
export function requireHonestCaller(context: IExecuteFunctions): void {
	const caller = callerOf(context);
	if (caller === 'goesOn') {
		throw new NodeOperationError(
			context.getNode(),
			'The workflow that has called this one would go on before the order is paid',
			{
				description:
					'This version of n8n does not let a calling workflow wait for a payment. Put the waiting node into the calling workflow, or turn off "Wait For Sub-Workflow Completion" there and do here what comes after the payment. n8n 2 can wait.',
			},
		);
	}
	const loose = OUTPUTS.filter((_, output) => !isConnected(context, output));
	if (caller === 'none' || loose.length === 0) return;
	throw new NodeOperationError(
		context.getNode(),
		`Another workflow has called this one, and nothing is connected to ${loose.map((name) => `"${name}"`).join(' and ')}`,
		{
			description:
				'n8n would hand the caller unpaid orders and none that is paid. Connect both outputs to a node, such as No Operation: the caller then gets each order, and isPaid tells whether it is paid.',
		},
	);
}
