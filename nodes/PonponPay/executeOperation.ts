import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { itemParameters } from '../shared/fields/parameters';
import { InvalidInput } from '../shared/model/invalidInput';
import { findOperation } from './actions';
import { failedItem, runItems } from './runItems';
import { waitForOrders } from './wait/waitForOrders';

/**
 * What the node does when n8n runs it.
 *
 * What fails before the first item fails every item: n8n itself would pass untouched items on by the first output where
 * the node is set to continue, and they would look like successes.
 *
 * @throws NodeApiError or NodeOperationError, unless the node is set to continue
 */
export async function executeOperation(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const chosenFor = (itemIndex: number) => {
		const { given } = itemParameters(context, itemIndex);
		return findOperation(given('resource').value, given('operation').value);
	};
	try {
		const waits = context.getInputData().length > 0 && chosenFor(0).waits === true;
		const operationOf = (itemIndex: number) => {
			const chosen = chosenFor(itemIndex);
			if ((chosen.waits === true) === waits) return chosen;
			// It would leave as if it had been waited for, or wait by settings that it does not have.
			throw new InvalidInput(
				'Operation',
				chosen.name,
				'must wait for payments for all items or for none',
			);
		};
		return waits
			? await waitForOrders(context, operationOf)
			: [await runItems(context, operationOf)];
	} catch (error) {
		return [context.getInputData().map((_, index) => failedItem(context, index, error))];
	}
}
