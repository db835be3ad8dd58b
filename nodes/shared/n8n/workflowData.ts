import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * How often this node has run before in its execution, as in a loop: 0 at the first time.
 *
 * Seen in n8n-core 1.120 to 2.41 among what expressions may use; no type names it. Without it the ids of two runs of one node
 * would be the same, and the second run would find the orders of the first instead of creating its own.
 */
export function runIndex(context: IExecuteFunctions): number {
	return Number(context.getWorkflowDataProxy(0).$runIndex);
}

/**
 * The address at which n8n resumes this execution, the same for all its nodes; `undefined` where n8n gives none.
 *
 * Seen in n8n-core 1.120 to 2.41 among what expressions may use; no type names it. Without it PonponPay could not wake a waiting
 * node. It carries a token from 2.14 on.
 */
export function baseResumeUrl(context: IExecuteFunctions): string | undefined {
	const { resumeUrl } = context.getWorkflowDataProxy(0).$execution as { resumeUrl?: unknown };
	return typeof resumeUrl === 'string' ? resumeUrl : undefined;
}
