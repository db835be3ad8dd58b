import type { IDataObject, INode } from 'n8n-workflow';

/**
 * A node's parameters as they are stored with the workflow: expressions unresolved, nothing filled in for fields that were not
 * touched but the defaults n8n itself adds when it loads a workflow. Of a tool they are its own; what the model gives stands
 * there as the expression that asks for it.
 *
 * Seen in n8n-core 1.120 to 2.41: `getNode().parameters`; the type promises only the evaluated values of `getNodeParameter`. Without it
 * "left empty" and "an expression that gave nothing" look the same.
 *
 * @returns not to be changed: it is a copy in some contexts, n8n's own object in others
 */
export function rawParameters(context: { getNode(): INode }): Readonly<IDataObject> {
	return context.getNode().parameters as IDataObject;
}

/**
 * Whether what a field holds is an expression: n8n evaluates text that begins with "=".
 *
 * Seen in n8n-core 1.120 to 2.41. Were it otherwise, a text would be taken for an expression that gave nothing, and refused.
 */
export function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}
