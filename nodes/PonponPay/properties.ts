import type { INodeProperties } from 'n8n-workflow';

import { resources } from './actions';
import type { Operation, Resource } from './actions/operation';

/** The fields, shown only for one operation of one resource, besides what they ask for themselves. */
function shownFor(
	resource: string,
	operation: string,
	properties: readonly INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	}));
}

function propertiesOf(resourceName: string, resource: Resource): INodeProperties[] {
	const { defaultOperation, operations } = resource;
	const operationProperty: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resourceName] } },
		options: Object.entries(operations).map(([value, { name, description, action, waits }]) => ({
			name,
			value,
			description,
			action,
			// A node that runs as an AI agent's tool cannot wait.
			...(waits && { displayOptions: { hide: { '@tool': [true] } } }),
		})),
		default: defaultOperation,
	};
	const fields = Object.entries(operations).flatMap(([operationName, { properties: own }]) =>
		shownFor(resourceName, operationName, own),
	);
	return [operationProperty, ...fields];
}

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(resources).map(([value, { name, description }]) => ({
			name,
			value,
			description,
		})),
		default: 'order',
	},
	...Object.entries(resources).flatMap(([name, resource]) => propertiesOf(name, resource)),
];

/** Their names are those of no other operation, of whatever resource. */
export const OPERATIONS_WITHOUT_CREDENTIAL = Object.values(resources)
	.flatMap(({ operations }) => Object.entries<Operation>(operations))
	.filter(([, { needsNoCredential }]) => needsNoCredential === true)
	.map(([name]) => name);
