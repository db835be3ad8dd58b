import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readList, type ListEndpoint } from '../../shared/api/list';
import { InvalidInput } from '../../shared/model/invalidInput';
import type { RequestBody } from '../../shared/model/json';
import { parsePeriod, type Period } from '../../shared/model/timeInput';
import type { WireObject } from '../../shared/model/wire';
import { inAlphabeticalOrder } from './descriptions';
import { optionalCurrencyField, optionalNetworkField, simplifyField, textOf } from './fields';
import type { OperationContext } from './operation';

/** What all lists have in common: "Return All", "Limit", filters with a period, Simplify. */

const DEFAULT_LIMIT = 50;

const fromField: INodeProperties = {
	displayName: 'Created After',
	name: 'from',
	type: 'dateTime',
	default: '',
	description: 'Only what was created at this time or later, in the time zone of the workflow',
};

const toField: INodeProperties = {
	...fromField,
	displayName: 'Created Before',
	name: 'to',
	description: 'Only what was created at this time or earlier, in the time zone of the workflow',
};

/** Named so that they stand side by side in the alphabet. */
export const periodFields: INodeProperties[] = [fromField, toField];

export const currencyFilter = optionalCurrencyField('Only this stablecoin');

export const networkFilter = optionalNetworkField('filters', 'Only this blockchain');

export const tradeIdFilter: INodeProperties = {
	displayName: 'Trade ID',
	name: 'tradeId',
	type: 'string',
	default: '',
	placeholder: 'P20261122083015123456',
	description: 'Only of the order to which PonponPay gave this ID',
};

/** The states of a refund or dispute, under the words of the wire. */
export function statusFilter(description: string, statuses: readonly string[]): INodeProperties {
	return {
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		default: [],
		options: statuses.map((value) => ({ name: titleOf(value), value })),
		description,
	};
}

function titleOf(value: string): string {
	return value
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}

/** Several states; not sent where none is chosen. */
export function filterStatuses(value: unknown): string[] | undefined {
	return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}

/** The fields of a list operation. */
export function listFields(filters: INodeProperties[]): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			displayOptions: { show: { returnAll: [false] } },
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
		filtersField(filters),
		simplifyField,
	];
}

export function filtersField(filters: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: inAlphabeticalOrder(filters),
	};
}

/** The members of "Filters" of this item. */
export function filtersOf(context: OperationContext): Record<string, unknown> {
	return (context.field('filters') ?? {}) as Record<string, unknown>;
}

/** A text filter; not sent where it is empty. */
export function filterText(value: unknown): string | undefined {
	return textOf(value) || undefined;
}

export function filterCurrency(value: unknown): string | undefined {
	return filterText(value)?.toUpperCase();
}

export function filterNetwork(value: unknown): string | undefined {
	return filterText(value)?.toLowerCase();
}

export function filterPeriod(context: OperationContext): Period {
	const { from, to } = filtersOf(context);
	return parsePeriod(from, to, context.timezone);
}

/** The list an item asks for, each element in our shape, or with "Simplify" off as the API sent it. */
export async function listOutput(
	context: OperationContext,
	endpoint: ListEndpoint,
	filters: RequestBody,
	simplify: (wire: WireObject) => IDataObject,
): Promise<IDataObject[]> {
	const isSimplified = context.field('simplify') !== false;
	return await readList(context.client, {
		endpoint,
		filters,
		keep: ({ wire }) => (isSimplified ? simplify(wire) : (wire as IDataObject)),
		limit: context.field('returnAll') === true ? undefined : requireLimit(context.field('limit')),
	});
}

function requireLimit(given: unknown): number {
	const limit = given === undefined ? DEFAULT_LIMIT : Number(given);
	if (!Number.isInteger(limit) || limit < 1) {
		throw new InvalidInput('Limit', given, 'must be a whole number of at least 1');
	}
	return limit;
}
