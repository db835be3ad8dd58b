import type { IBinaryKeyData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient } from '../shared/api/connection';
import { toNodeError } from '../shared/api/errors';
import { mapConcurrently } from '../shared/concurrency';
import type { PonponPayClient } from '../shared/api/client';
import { itemParameters } from '../shared/fields/parameters';
import { deriveId, type ItemIdentity } from '../shared/model/identifiers';
import { errorJson } from '../shared/n8n/errorItem';
import { executionToken, retryIdentity } from '../shared/n8n/retryIdentity';
import { runIndex } from '../shared/n8n/workflowData';
import type { Operation, OperationContext } from './actions/operation';
import { readRequestPolicy } from './requestPolicy';
import { unknownRetryIdentity } from './unknownRetryIdentity';

/**
 * The only item loop: each item becomes one run of its operation, and what comes of it is paired with it, in order.
 *
 * Items run several at once. When one fails and the node is not set to continue, no further item is started, those under
 * way are finished, and the first failing one is reported.
 *
 * @param operationOf the operation an item asks for
 * @throws NodeApiError or NodeOperationError naming the item, unless the node is set to continue
 */
export async function runItems(
	context: IExecuteFunctions,
	operationOf: (itemIndex: number) => Operation,
): Promise<INodeExecutionData[]> {
	const input = context.getInputData();
	const client = await connect(context);
	const identity = runIdentity(context);
	const results = await mapConcurrently(input.length, client.concurrency, async (itemIndex) => {
		return await runItem(context, itemIndex, operationOf, {
			client,
			timezone: context.getTimezone(),
			derivedId: (purpose) => deriveId(purpose, { ...identity(purpose), itemIndex }),
		});
	});
	return results.flat();
}

/** A client as "Options" of the first item want it. */
export async function connect(context: IExecuteFunctions): Promise<PonponPayClient> {
	try {
		const { concurrency, ...policy } = readRequestPolicy(itemParameters(context, 0));
		return await createClient(context, policy, concurrency);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** What would exist twice if an id were not the same when n8n tries again. */
const CREATED = new Set(['order', 'refund']);

/**
 * What the ids derived in this run have in common; read when first needed, because it costs time.
 *
 * @returns a function that throws NodeOperationError where an id would not be the same as at the first try, and must be
 */
function runIdentity(
	context: IExecuteFunctions,
): (purpose: string) => Omit<ItemIdentity, 'itemIndex'> {
	let identity: Omit<ItemIdentity, 'itemIndex'> | undefined;
	let isKnown = true;
	return (purpose) => {
		if (identity === undefined) {
			const first = retryIdentity(context);
			isKnown = first.isKnown;
			identity = {
				instanceId: context.getInstanceId(),
				workflowId: context.getWorkflow().id ?? '',
				executionId: first.id,
				executionToken: executionToken(context),
				nodeId: context.getNode().id,
				runIndex: runIndex(context),
			};
		}
		if (!isKnown && CREATED.has(purpose)) throw unknownRetryIdentity(context);
		return identity;
	};
}

async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
	operationOf: (itemIndex: number) => Operation,
	shared: Pick<OperationContext, 'client' | 'timezone' | 'derivedId'>,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: itemIndex };
	const files: IBinaryKeyData = {};
	const scope = { context, itemIndex, files, derivedId: shared.derivedId };
	try {
		const result = await operationOf(itemIndex).run(itemParameters(context, itemIndex), {
			...shared,
			use: (capability) => capability(scope),
			hint: (message) => {
				context.addExecutionHints({ message, location: 'outputPane' });
			},
		});
		const objects = Array.isArray(result) ? result : [result];
		const binary = Object.keys(files).length > 0 ? { binary: files } : {};
		return objects.map((json) => ({ json, ...binary, pairedItem }));
	} catch (error) {
		return [failedItem(context, itemIndex, error)];
	}
}

/**
 * What an item becomes that failed, where the node is set to continue.
 *
 * @throws NodeApiError or NodeOperationError where it is not
 */
export function failedItem(
	context: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
): INodeExecutionData {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	if (!context.continueOnFail()) throw nodeError;
	const json = errorJson(nodeError.message, nodeError.description);
	return { json, pairedItem: { item: itemIndex } };
}
