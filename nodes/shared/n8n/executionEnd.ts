import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n's contexts hold of the execution, beside what their type offers. */
type Insides = {
	additionalData?: {
		hooks?: {
			addHandler?(
				name: 'workflowExecuteAfter',
				handler: (run: { status?: string; waitTill?: unknown }) => Promise<void>,
			): void;
		};
	};
};

/**
 * Tells how the execution ends in this process: done, which is a success or a pause, or failed, which is everything else that n8n
 * lives to see. n8n waits for it before it answers a webhook that responds when the workflow has finished.
 *
 * Seen in n8n-core 1.120 to 2.41: the hooks in the context, and that they take handlers while the execution runs; with a server
 * in main and queue mode by test/queue. Without it a workflow that failed would count as done, and its event be lost.
 *
 * @param tell must not throw: n8n would take it for a failure of its own
 * @returns `false` where n8n offers it no more
 */
export function onExecutionEnd(
	context: IExecuteFunctions,
	tell: (isDone: boolean) => Promise<void>,
): boolean {
	const { hooks } = (context as unknown as Insides).additionalData ?? {};
	if (typeof hooks?.addHandler !== 'function') return false;
	hooks.addHandler('workflowExecuteAfter', async ({ status, waitTill }) => {
		await tell(status === 'success' || Boolean(waitTill));
	});
	return true;
}
