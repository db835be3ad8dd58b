import {
	sleep,
	type IBinaryKeyData,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { createClient } from '../shared/api/connection';
import { toNodeError } from '../shared/api/errors';
import { mapConcurrently } from '../shared/concurrency';
import type { PonponPayClient } from '../shared/api/client';
import { DEFAULT_CONCURRENCY } from '../shared/api/pace';
import { itemParameters } from '../shared/fields/parameters';
import { errorJson } from '../shared/n8n/errorItem';
import type { Operation, PreparedOperation } from './actions/operation';
import type { ItemScope } from './capabilities';
import { readRequestPolicy } from './requestPolicy';
import { RunHints } from './runHints';
import { RunIdentity } from './runIdentity';

/**
 * The only item loop: each item becomes one run of its operation, and what comes of it is paired with it, in order.
 *
 * The fields of all items are read before the first is worked on, so that one that cannot be used stops the node with
 * nothing done. Items run several at once. When one fails and the node is not set to continue, no further item is started,
 * those under way are finished, and the first failing one is reported.
 *
 * @param operationOf the operation an item asks for
 * @throws NodeApiError or NodeOperationError naming the item, unless the node is set to continue
 */
export async function runItems(
	context: IExecuteFunctions,
	operationOf: (itemIndex: number) => Operation,
): Promise<INodeExecutionData[]> {
	const { steps, needsClient } = await prepareItems(context, operationOf);
	const client = needsClient ? await connect(context) : undefined;
	const identity = new RunIdentity(context);
	const hints = new RunHints(context);
	const width = () => client?.width ?? DEFAULT_CONCURRENCY;
	const results = await mapConcurrently(steps.length, width, async (itemIndex) => {
		const step = steps[itemIndex];
		return typeof step === 'function'
			? await runItem({ context, itemIndex, identity, hints }, step, client)
			: [step];
	}).finally(() => hints.end());
	return results.flat();
}

/** So many items are read before others in this n8n get their turn. */
const READ_AT_ONCE = 200;

/** @returns for each item what is to be done with it, or the failure that it has become */
async function prepareItems(
	context: IExecuteFunctions,
	operationOf: (itemIndex: number) => Operation,
): Promise<{ steps: Array<PreparedOperation | INodeExecutionData>; needsClient: boolean }> {
	const steps: Array<PreparedOperation | INodeExecutionData> = [];
	let needsClient = false;
	for (const itemIndex of context.getInputData().keys()) {
		if (itemIndex % READ_AT_ONCE === READ_AT_ONCE - 1) await sleep(0);
		try {
			const chosen = operationOf(itemIndex);
			needsClient ||= chosen.needsNoCredential !== true;
			steps.push(chosen.prepare(itemParameters(context, itemIndex)));
		} catch (error) {
			steps.push(failedItem(context, itemIndex, error));
		}
	}
	return { steps, needsClient };
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

type ItemOfRun = {
	context: IExecuteFunctions;
	itemIndex: number;
	identity: RunIdentity;
	hints: RunHints;
};

async function runItem(
	{ context, itemIndex, identity, hints }: ItemOfRun,
	step: PreparedOperation,
	client: PonponPayClient | undefined,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: itemIndex };
	const files: IBinaryKeyData = {};
	const derivedId = (purpose: string) => identity.idFor(purpose, itemIndex);
	const scope: ItemScope = { context, itemIndex, files, derivedId, identity };
	try {
		const result = await step({
			get client() {
				if (client !== undefined) return client;
				throw new TypeError('An operation that needs no credential has no client');
			},
			timezone: context.getTimezone(),
			derivedId,
			use: (capability) => capability(scope),
			hint: (message) => hints.tell(message),
		});
		const objects = Array.isArray(result) ? result : [result];
		const binary = Object.keys(files).length > 0 ? { binary: files } : {};
		return objects.map((json) => ({ json, ...binary, pairedItem }));
	} catch (error) {
		identity.failed();
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
