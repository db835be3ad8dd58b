import type { INodeProperties } from 'n8n-workflow';

import { sampleProof } from '../../x402/sampleProof';
import { resources } from '../../../nodes/PonponPay/actions';
import type { Operation } from '../../../nodes/PonponPay/actions/operation';

/** One field of one operation, found in the table of operations. */
export type Place = {
	readonly operation: Operation;
	readonly resourceName: string;
	readonly operationName: string;
	readonly property: INodeProperties;
	/** The collection it stands in, such as "options". */
	readonly collection?: string;
	/** Parameters with a good value in everything that is required, and without this field. */
	readonly others: Readonly<Record<string, unknown>>;
};

/** Every field of every operation that takes a value. */
export function everyPlace(): Place[] {
	return Object.entries(resources).flatMap(([resourceName, resource]) =>
		Object.entries<Operation>(resource.operations).flatMap(([operationName, operation]) => {
			const about = { operation, resourceName, operationName };
			return operation.properties.flatMap((property): Place[] => {
				if (property.type === 'notice') return [];
				if (property.type !== 'collection') {
					return [{ ...about, property, others: othersOf(operation, property) }];
				}
				return (property.options as INodeProperties[]).map((inner) => ({
					...about,
					property: inner,
					collection: property.name,
					others: othersOf(operation, inner),
				}));
			});
		}),
	);
}

export function titleOf({ resourceName, operationName, collection, property }: Place): string {
	const path = [resourceName, operationName, collection, property.displayName];
	return path.filter((part) => part !== undefined).join(' › ');
}

/** The parameters of the place, with something in its field. */
export function withValue({ others, collection, property }: Place, value: unknown) {
	const member = { [property.name]: value };
	if (collection === undefined) return { ...others, ...member };
	return { ...others, [collection]: { ...companions(property), ...member } };
}

/** Currency and network of a link only make sense together, an address that nobody can check wants consent, and a price in another currency its rate. */
function companions({ displayName }: INodeProperties): Record<string, unknown> {
	const named = (value: string) => ({ __rl: true, mode: 'id', value });
	if (displayName === 'Currency') return { network: named('tron') };
	if (displayName === 'Price Currency') return { exchangeRate: '1.25' };
	if (displayName === 'Exchange Rate') return { priceCurrency: 'EUR' };
	if (displayName === 'Address') return { addressIsRight: true };
	return displayName === 'Network' ? { currency: named('USDT') } : {};
}

/** Good values for all that is required, chosen so that the field is shown. */
function othersOf(operation: Operation, shown: INodeProperties): Record<string, unknown> {
	const conditions = Object.entries(shown.displayOptions?.show ?? {}).map(([name, values]) => [
		name.replace('/', ''),
		(values as unknown[])[0],
	]);
	const required = operation.properties
		.filter(({ name, type }) => name !== shown.name && type !== 'notice' && type !== 'collection')
		.filter((property) => property.required === true || property.name === 'confirm')
		.map((property) => [property.name, goodValue(property)]);
	const defaults = operation.properties
		.filter(({ name, type }) => name !== shown.name && type === 'options')
		.map((property) => [property.name, property.default]);
	return Object.fromEntries([...defaults, ...required, ...conditions]) as Record<string, unknown>;
}

/** Placeholders show what could stand in a field, so that they are good values too. */
export function goodValue(property: INodeProperties): unknown {
	const { type, default: initial, placeholder, modes } = property;
	if (type === 'resourceLocator') {
		const [byHand] = modes?.filter((mode) => mode.name !== 'list') ?? [];
		return { __rl: true, mode: byHand.name, value: byHand.placeholder };
	}
	if (type === 'boolean') return true;
	if (property.name === 'amount') return '25.00';
	if (property.name === 'paymentSignature') return sampleProof();
	if (type === 'dateTime') return '2026-11-22';
	if (type === 'json') return '{"trade_id":"P1"}';
	if (type === 'options') return initial;
	if (type === 'multiOptions') return [(property.options?.[0] as { value: string }).value];
	const isUseful = initial !== '' && !String(initial).startsWith('=');
	if (property.typeOptions?.multipleValues) return [placeholder];
	return isUseful ? initial : (placeholder ?? 'a text');
}
