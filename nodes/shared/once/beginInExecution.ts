import type { IExecuteFunctions } from 'n8n-workflow';

import { onExecutionEnd } from '../n8n/executionEnd';
import type { Begun, EventClaims } from './eventClaims';

/**
 * Begins an event that belongs to this execution for as long as that runs, in whatever process.
 *
 * @param isDone whether it is done with, and nobody may begin it again, now that the execution has ended
 * @param subject begins a line of the log where the end cannot be recorded
 * @throws whatever n8n says when its database cannot be asked; TypeError where n8n does not tell how an execution ends
 */
export async function beginInExecution(
	context: IExecuteFunctions,
	claims: EventClaims,
	isDone: (hasSucceeded: boolean) => boolean,
	subject: string,
): Promise<Begun> {
	const begun = await claims.begin();
	if (typeof begun === 'string') return begun;
	const isHeard = onExecutionEnd(context, async (hasSucceeded) => {
		await begun.end(isDone(hasSucceeded)).catch((error: unknown) => {
			context.logger.warn(
				`${subject} could not record how its execution has ended: ${said(error)}`,
			);
		});
	});
	if (isHeard) return 'new';
	await begun.end(false);
	throw new TypeError('n8n does not tell a node how an execution ends');
}

/** What an error says, for a line of the log. */
export function said(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
