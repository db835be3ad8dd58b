import type { IExecuteFunctions } from 'n8n-workflow';

import { deriveId, type ItemIdentity } from '../shared/model/identifiers';
import { executionToken, retryIdentity } from '../shared/n8n/retryIdentity';
import { runIndex } from '../shared/n8n/workflowData';
import { unknownRetryIdentity } from './unknownRetryIdentity';

/** What would exist twice if an id were not the same when n8n tries again. */
const CREATED = new Set(['order', 'refund']);

/** What the ids derived in this run have in common; read when first needed, because it costs time. */
export class RunIdentity {
	private found: (Omit<ItemIdentity, 'itemIndex'> & { isKnown: boolean }) | undefined;

	constructor(private readonly context: IExecuteFunctions) {}

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
			const { id, isKnown } = retryIdentity(context);
			this.found = {
				isKnown,
				instanceId: context.getInstanceId(),
				workflowId: context.getWorkflow().id ?? '',
				executionId: id,
				executionToken: executionToken(context),
				nodeId: context.getNode().id,
				runIndex: runIndex(context),
			};
		}
		return this.found;
	}
}
