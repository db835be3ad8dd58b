import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { createClient } from '../shared/api/connection';
import { toNodeError } from '../shared/api/errors';
import { mapConcurrently } from '../shared/concurrency';
import type { PonponPayClient } from '../shared/api/client';
import type { RetryPolicy } from '../shared/api/retry';
import { deriveId, type ItemIdentity } from '../shared/model/identifiers';
import { InvalidInput } from '../shared/model/invalidInput';
import type { Operation, OperationContext } from './actions/operation';
import { callbacksOf, postTo } from './callbacks';
import { executionToken, firstExecution, unknownFirstExecution } from './firstExecution';
import { isFirstTime } from './passOnce';
import { resumeUrl } from './wait/resumeUrl';

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
	let client: PonponPayClient;
	try {
		client = await connect(context);
	} catch (error) {
		return input.map((_, itemIndex) => failedItem(context, itemIndex, error));
	}
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
		const { mostTries, giveUpAfter, timeout, concurrency } = options(context, 0);
		const policy: Partial<RetryPolicy> = {
			...given('mostTries', requireAtLeastOne('Most Tries', mostTries)),
			...given('totalMs', inMs(requireAtLeastOne('Give Up After (Seconds)', giveUpAfter))),
			...given('timeoutMs', inMs(requireAtLeastOne('Timeout (Seconds)', timeout))),
		};
		return await createClient(context, policy, requireAtLeastOne('Concurrency', concurrency));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** A number option; `undefined` where it was not added. */
function requireAtLeastOne(field: string, value: unknown): number | undefined {
	if (value === undefined) return undefined;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !(number >= 1)) {
		throw new InvalidInput(field, value, 'must be a number of at least 1');
	}
	return number;
}

function inMs(seconds: number | undefined): number | undefined {
	return seconds === undefined ? undefined : seconds * 1000;
}

function given<Name extends string>(name: Name, value: number | undefined) {
	return value === undefined ? {} : { [name]: value };
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
			const first = firstExecution(context);
			isKnown = first.isKnown;
			identity = {
				instanceId: context.getInstanceId(),
				workflowId: context.getWorkflow().id ?? '',
				executionId: first.id,
				executionToken: executionToken(context),
				nodeId: context.getNode().id,
				runIndex: Number(context.getWorkflowDataProxy(0).$runIndex),
			};
		}
		if (!isKnown && CREATED.has(purpose)) throw unknownFirstExecution(context);
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
	const input = context.getInputData()[itemIndex];
	const files: IBinaryKeyData = {};
	try {
		const result = await operationOf(itemIndex).run({
			...shared,
			field: (name) => context.getNodeParameter(name, itemIndex, undefined),
			option: (name) => options(context, itemIndex)[name],
			resumeUrl: () => resumeUrl(context),
			callbacks: callbacksOf(context, () => shared.derivedId('callback')),
			isFirstTime: async (key, historySize) =>
				await isFirstTime(context, key, shared.derivedId('event'), historySize),
			json: input.json,
			binary: async (name) => {
				const isThere = input.binary?.[name] !== undefined;
				return isThere ? await context.helpers.getBinaryDataBuffer(itemIndex, name) : undefined;
			},
			attach: async (name, bytes, fileName, mimeType) => {
				files[name] = await context.helpers.prepareBinaryData(bytes, fileName, mimeType);
			},
			post: async (url, headers, body) => await postTo(context, url, headers, body),
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
function failedItem(
	context: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
): INodeExecutionData {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	if (!context.continueOnFail()) throw nodeError;
	// Exactly these members, and none of them empty: n8n sends any other item to the success output.
	const json: IDataObject = { error: nodeError.message };
	if (nodeError.description) json.message = nodeError.description;
	return { json, pairedItem: { item: itemIndex } };
}

/** The collection "Options" of an item. Those about requests count from the first item: they are one for the whole node. */
function options(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}
