import type { IExecuteFunctions } from 'n8n-workflow';

import { deriveId, type ItemIdentity } from '../shared/model/identifiers';
import { isWireObject } from '../shared/model/wire';
import { retryIdentity } from '../shared/n8n/retryIdentity';
import { isTool, runningExecution } from '../shared/n8n/tool';
import { runIndex } from '../shared/n8n/workflowData';
import { beginToolCall, type ToolCall } from '../shared/once/toolCalls';
import { unknownRetryIdentity } from './unknownRetryIdentity';

/** What would exist twice if an id were not the same when n8n tries again. */
const CREATED = new Set(['order', 'refund']);

/** What the ids derived in this run have in common; read when first needed, because it costs time. */
export class RunIdentity {
	private found: (Omit<ItemIdentity, 'itemIndex'> & { isKnown: boolean }) | undefined;

	private readonly call: (ToolCall & { says: string }) | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		if (!isTool(context)) return;
		const says = whatIsSaid(context);
		this.call = { ...beginToolCall(runningExecution(context), says), says };
	}

	/** Lets the next call of this tool that says the same be another try of this one. */
	failed(): void {
		this.call?.failed();
	}

	/** Whether this is another try of an execution of which nothing is known, not even what it has done. */
	get isUnknownRetry(): boolean {
		return !this.read().isKnown;
	}

	/** @throws NodeOperationError where the id would not be the same as at the first try, and must be */
	idFor(purpose: string, itemIndex: number): string {
		const { isKnown, ...identity } = this.read();
		if (!isKnown && CREATED.has(purpose)) throw unknownRetryIdentity(this.context);
		return deriveId(purpose, { ...identity, itemIndex });
	}

	private read() {
		const { context } = this;
		if (this.found === undefined) {
			const hasNoId = (context.getExecutionId() as string | undefined) === undefined;
			const first =
				hasNoId && this.call !== undefined
					? { execution: { drawn: this.call.drawn }, isKnown: true }
					: retryIdentity(context);
			this.found = {
				...first,
				instanceId: context.getInstanceId(),
				workflowId: context.getWorkflow().id ?? '',
				nodeId: context.getNode().id,
				// n8n counts each try of a tool as a run of its own.
				runIndex:
					this.call === undefined ? runIndex(context) : `${this.call.says}/${this.call.number}`,
			};
		}
		return this.found;
	}
}

/**
 * A tool's arguments, and the item of its agent, whatever order a model gives them in. Without the ID that n8n puts beside them: a
 * model that calls again after a failure gives another.
 */
function whatIsSaid(context: IExecuteFunctions): string {
	const items = context
		.getInputData()
		.map(({ json }) => Object.entries(json).filter(([name]) => name !== 'toolCallId'))
		.map((said) => Object.fromEntries(said));
	return JSON.stringify([context.getNode().id, items], (_key, value: unknown) =>
		isWireObject(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
			: value,
	);
}
