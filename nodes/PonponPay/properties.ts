import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_CONCURRENCY } from '../shared/api/pacer';
import { DEFAULT_RETRY } from '../shared/api/retry';
import { resources } from './actions';
import { inAlphabeticalOrder, shownFor } from './actions/descriptions';
import type { Operation, Resource } from './actions/operation';

const concurrency = DEFAULT_CONCURRENCY;
const { mostTries, totalMs, timeoutMs } = DEFAULT_RETRY;
const [giveUpAfter, timeout] = [totalMs / 1000, timeoutMs / 1000];

/** Options of every operation that calls the API: how long and how many at once requests are tried. */
const requestOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: concurrency,
		description:
			'How many items are worked on at once at the most; 1 means strictly one after another',
	},
	{
		displayName: 'Give Up After (Seconds)',
		name: 'giveUpAfter',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 600 },
		default: giveUpAfter,
		description:
			'How long to keep trying when PonponPay is busy or does not answer; nothing is created twice',
	},
	{
		displayName: 'Most Tries',
		name: 'mostTries',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20 },
		default: mostTries,
		description: 'How often a request is sent at the most, the first time included',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 300 },
		default: timeout,
		description: 'How long to wait for one answer before it counts as lost',
	},
];

function propertiesOf(resourceName: string, resource: Resource): INodeProperties[] {
	const { defaultOperation } = resource;
	const operationField: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resourceName] } },
		options: Object.entries(resource.operations).map(([value, operation]) => ({
			name: operation.name,
			value,
			description: operation.description,
			action: operation.action,
			// A node that runs as an AI agent's tool cannot wait.
			...(operation.waits && { displayOptions: { hide: { '@tool': [true] } } }),
		})),
		default: defaultOperation,
	};
	const fields = Object.entries(resource.operations).flatMap(([operationName, operation]) =>
		shownFor(resourceName, operationName, [...operation.fields, ...optionsField(operation)]),
	);
	return [operationField, ...fields];
}

function optionsField({ options = [], isLocal }: Operation): INodeProperties[] {
	const choices = isLocal === true ? options : [...options, ...requestOptions];
	if (choices.length === 0) return [];
	return [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: inAlphabeticalOrder(choices),
		},
	];
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
