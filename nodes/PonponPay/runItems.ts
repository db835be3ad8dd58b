import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient } from '../shared/api/connection';
import { toNodeError } from '../shared/api/errors';
import type { PonponPayClient } from '../shared/api/client';
import type { RetryPolicy } from '../shared/api/retry';
import { deriveId } from '../shared/model/identifiers';
import type { Operation, OperationContext } from './actions/operation';

/**
 * The only item loop: each item becomes one run of its operation, and what comes of it is paired with it, in order.
 *
 * @param operationOf the operation an item asks for
 * @throws NodeApiError or NodeOperationError naming the item, unless the node is set to continue
 */
export async function runItems(
	context: IExecuteFunctions,
	operationOf: (itemIndex: number) => Operation,
): Promise<INodeExecutionData[]> {
	const client = await connect(context);
	const results: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex += 1) {
		results.push(...(await runItem(context, client, itemIndex, operationOf)));
	}
	return results;
}

async function connect(context: IExecuteFunctions): Promise<PonponPayClient> {
	try {
		return await createClient(context, retryPolicy(context));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function runItem(
	context: IExecuteFunctions,
	client: PonponPayClient,
	itemIndex: number,
	operationOf: (itemIndex: number) => Operation,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: itemIndex };
	try {
		const operation = operationOf(itemIndex);
		const result = await operation.run(operationContext(context, client, itemIndex));
		const objects = Array.isArray(result) ? result : [result];
		return objects.map((json) => ({ json, pairedItem }));
	} catch (error) {
		const nodeError = toNodeError(context.getNode(), error, itemIndex);
		if (!context.continueOnFail()) throw nodeError;
		// Exactly these members: n8n sends an item that has others to the success output.
		const json: IDataObject = { error: nodeError.message, message: nodeError.description ?? '' };
		return [{ json, pairedItem }];
	}
}

function operationContext(
	context: IExecuteFunctions,
	client: PonponPayClient,
	itemIndex: number,
): OperationContext {
	return {
		client,
		field: (name) => context.getNodeParameter(name, itemIndex, undefined),
		option: (name) => options(context, itemIndex)[name],
		derivedId: (purpose) =>
			deriveId(purpose, {
				instanceId: context.getInstanceId(),
				workflowId: context.getWorkflow().id ?? '',
				executionId: context.getExecutionId(),
				nodeId: context.getNode().id,
				runIndex: Number(context.getWorkflowDataProxy(itemIndex).$runIndex),
				itemIndex,
			}),
		timezone: context.getTimezone(),
		hint: (message) => {
			context.addExecutionHints({ message, location: 'outputPane' });
		},
	};
}

function options(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** How long a request is worth trying, from "Options" of the first item: it is one setting for the whole node. */
function retryPolicy(context: IExecuteFunctions): Partial<RetryPolicy> {
	const { mostTries, giveUpAfter, timeout } = options(context, 0);
	return {
		...(typeof mostTries === 'number' && { mostTries }),
		...(typeof giveUpAfter === 'number' && { totalMs: giveUpAfter * 1000 }),
		...(typeof timeout === 'number' && { timeoutMs: timeout * 1000 }),
	};
}
