import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createClient } from '../../shared/api/connection';
import { toNodeError } from '../../shared/api/errors';
import { optional } from '../../shared/fields/compose';
import { isExpression, membersOf, plainSource } from '../../shared/fields/field';
import { currency } from '../../shared/fields/locators';
import { networkTitle } from '../../shared/model/network';
import type { PaymentMethod } from '../../shared/model/paymentMethod';

/** The currencies this account takes, for the drop-down. */
export async function searchCurrencies(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const methods = await loadMethods(this);
	return toResult(new Set(methods.flatMap(({ currencies }) => currencies)), filter);
}

/** The networks that carry the chosen currency; all of them as long as none is chosen. */
export async function searchNetworks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const methods = await loadMethods(this);
	const chosen = chosenCurrency(this);
	const fitting = methods.filter(({ currencies }) => chosen === '' || currencies.includes(chosen));
	return toResult(new Set(fitting.map(({ network }) => network)), filter, networkTitle);
}

async function loadMethods(context: ILoadOptionsFunctions): Promise<PaymentMethod[]> {
	try {
		const client = await createClient(context, { mostTries: 2, totalMs: 15_000 });
		return (await client.ask('paymentMethods')).value;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

const besidesNetwork = optional(currency({ description: 'The stablecoin of the same panel' }));

/** The currency beside the network: a field of its own, or in the collection the network stands in. */
function chosenCurrency(context: ILoadOptionsFunctions): string {
	const panel = plainSource((context.getCurrentNodeParameters() ?? {}) as Record<string, unknown>);
	const places = [
		panel,
		membersOf('options', 'Options', panel),
		membersOf('filters', 'Filters', panel),
	];
	const chosen = places.map((place) => besidesNetwork.read('currency', place) ?? '');
	// What an expression will give is not known while somebody edits the node.
	return chosen.find((text) => text !== '' && !isExpression(text)) ?? '';
}

function toResult(
	values: Set<string>,
	filter = '',
	titleOf = (value: string) => value,
): INodeListSearchResult {
	const results = [...values]
		.filter((value) => value.toLowerCase().includes(filter.toLowerCase()))
		.sort()
		.map((value) => ({ name: titleOf(value), value }));
	return { results };
}
