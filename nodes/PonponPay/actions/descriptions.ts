import type { INodeProperties } from 'n8n-workflow';

/*
 * n8n loads every description when it starts, so what builds them is plain: n8n's own helper merges deeply, and comparing
 * by locale loads the rules of all languages. That took longer than everything else of this node together.
 */

/** The fields, shown only for one operation of one resource, besides what they ask for themselves. */
export function shownFor(
	resource: string,
	operation: string,
	fields: INodeProperties[],
): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [operation], ...field.displayOptions?.show },
		},
	}));
}

/** As people look for them. */
export function inAlphabeticalOrder(fields: INodeProperties[]): INodeProperties[] {
	return [...fields].sort((left, right) => (left.displayName < right.displayName ? -1 : 1));
}
