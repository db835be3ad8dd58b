import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n's contexts hold of the execution, beside what their type offers. */
type Insides = { additionalData?: { hooks?: { retryOf?: unknown } } };

/**
 * The execution in which this node first ran.
 *
 * n8n's button "Retry execution" starts another execution with another id, which must find what the first one created.
 * n8n keeps a node's context with an execution and hands it on to its retry, and to the retry of that. An execution that
 * n8n did not live to store, because it was killed, has handed on nothing; then the id that n8n notes with a retry helps,
 * which its contexts hold without offering it.
 */
export function firstExecutionId(context: IExecuteFunctions): string {
	const memory = context.getContext('node');
	memory.firstExecutionId ??= retriedExecutionId(context) ?? context.getExecutionId();
	return String(memory.firstExecutionId);
}

/**
 * What n8n draws for each execution and stores with its data, which a retry goes on with; empty in n8n 1, which draws none.
 *
 * It guards the resume URL, so only its hash may leave n8n.
 */
export function executionToken(context: IExecuteFunctions): string {
	const { resumeUrl } = context.getWorkflowDataProxy(0).$execution as { resumeUrl?: unknown };
	if (typeof resumeUrl !== 'string' || !URL.canParse(resumeUrl)) return '';
	return new URL(resumeUrl).searchParams.get('signature') ?? '';
}

function retriedExecutionId(context: IExecuteFunctions): string | undefined {
	const retryOf = (context as unknown as Insides).additionalData?.hooks?.retryOf;
	return typeof retryOf === 'string' && retryOf !== '' ? retryOf : undefined;
}
