import type { FunctionsBase, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** The node, wherever it is: a copy of the workflow is another one. */
export function ownerOf(
	context: Pick<FunctionsBase, 'getInstanceId' | 'getWorkflow' | 'getNode'>,
): string {
	return [context.getInstanceId(), context.getWorkflow().id, context.getNode().id].join('/');
}

/**
 * The node at one of its two addresses: while a workflow is published its trigger can be tried in the editor too, at
 * another URL and with a hook of its own.
 */
export function receiverOf(context: IHookFunctions | IWebhookFunctions): string {
	return `${ownerOf(context)}/${context.getMode() === 'manual' ? 'test' : 'production'}`;
}
