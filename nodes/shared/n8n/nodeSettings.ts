import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Ends n8n's option "Always Output Data" for this run: it would put an item of nothing on output 0 whenever nothing is put out.
 *
 * Seen in n8n-core 1.120 to 2.41: the engine asks the node of the stack's entry after execute() has run. Were it to ask another
 * object, an item of nothing would leave by the first output. Claims must be made before: n8n's store asks the node as it was.
 */
export function ignoreAlwaysOutputData(context: IExecuteFunctions): void {
	const entry = context.getExecuteData();
	entry.node = { ...entry.node, alwaysOutputData: false };
}

/**
 * Ends n8n's option "On Error" for this run: it would pass on what came in where this node refuses it.
 *
 * Seen in n8n-core 1.120 to 2.41, as above. The editor offers the option to no trigger; an imported workflow may hold it all the same.
 * Without it an event that is not let in would start the workflow.
 */
export function stopOnFailure(context: IExecuteFunctions): void {
	const entry = context.getExecuteData();
	entry.node = { ...entry.node, onError: 'stopWorkflow', continueOnFail: false };
}
