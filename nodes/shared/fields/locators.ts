import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { requireKnownId } from '../model/identifiers';
import { InvalidInput } from '../model/invalidInput';
import type { RequestBody } from '../model/json';
import { findNetwork, networkName } from '../model/network';
import { isRecord, refuseEmptyExpression, type Given, type ParameterSource } from './field';
import type { Look, SingleField } from './single';
import { readTransactionHash, requireText } from './texts';

/** Fields in which one thing is picked: from a list that is searched, or by one of its names. */

type Mode = {
	readonly displayName: string;
	readonly placeholder: string;
	/** What messages call a value of this mode; the label of the field if absent. */
	readonly label?: string;
};

type Modes = Readonly<Record<string, Mode>>;

type LocatorLook<M extends Modes> = Look & {
	/** The method that searches the list, if there is one; its values are those of the first mode. */
	readonly listedBy?: string;
	readonly modes: M;
	readonly initially?: { readonly value: string; readonly cachedResultName?: string };
};

/** @param reader gets the mode in which the value is meant, and the label by which to speak of it */
function locator<const M extends Modes, T>(
	{ displayName, listedBy, modes, initially, ...look }: LocatorLook<M>,
	reader: (mode: keyof M & string, label: string, text: string) => T,
): SingleField<T> {
	const names = Object.keys(modes) as Array<keyof M & string>;
	const list: INodePropertyMode = {
		...modeNamed('list', 'From List'),
		type: 'list',
		typeOptions: { searchListMethod: listedBy, searchable: true },
	};
	const property: Omit<INodeProperties, 'name'> = {
		displayName,
		type: 'resourceLocator',
		required: true,
		default: { mode: listedBy === undefined ? names[0] : 'list', value: '', ...initially },
		...look,
		modes: [
			...(listedBy === undefined ? [] : [list]),
			...names.map((name): INodePropertyMode => {
				const { displayName: title, placeholder } = modes[name];
				return { ...modeNamed(name, title), type: 'string', placeholder };
			}),
		],
	};
	return {
		label: displayName,
		describe: (name) => [{ name, ...property }],
		read(name, source) {
			const { value } = source.given(name);
			const mode = modeOf(displayName, isRecord(value) ? value.mode : undefined, names);
			const label = modes[mode].label ?? displayName;
			const inner = innerOf(name, source);
			refuseEmptyExpression(label, inner);
			return reader(mode, label, requireText(label, inner.value));
		},
		given: innerOf,
	};
}

function modeNamed(name: string, displayName: string) {
	return { displayName, name };
}

/** What stands inside the locator; an expression may also give the bare value. */
function innerOf(name: string, source: ParameterSource): Given {
	const { raw, value } = source.given(name);
	if (!isRecord(value)) return { raw, value };
	return { raw: isRecord(raw) ? raw.value : raw, value: value.value };
}

/** @throws InvalidInput for a mode that this version does not have */
function modeOf<M extends string>(label: string, given: unknown, names: readonly M[]): M {
	if (given === undefined || given === 'list') return names[0];
	const found = names.find((name) => name === given);
	if (found === undefined) {
		throw new InvalidInput(
			label,
			given,
			`must be picked in one of these ways: ${names.join(', ')}`,
		);
	}
	return found;
}

/** What stands between several; as one name they would be none, and a filter by it would find nothing. */
const BETWEEN = /[,;|/，、；]/;

/** @throws InvalidInput for what is not one name of a currency */
export function readCurrency(label: string, text: string): string {
	if (BETWEEN.test(text) || /\s/.test(text))
		throw new InvalidInput(label, text, 'must be one only');
	return requireKnownId(label, text).toUpperCase();
}

/** @returns the name that requests have for it. @throws InvalidInput for what is not one name of a network */
export function readNetwork(label: string, text: string): string {
	requireKnownId(label, text);
	const known = findNetwork(text);
	if (known !== undefined) return known.name;
	const words = text.split(' ');
	const areSeveral = words.length > 1 && words.every((word) => findNetwork(word) !== undefined);
	if (BETWEEN.test(text) || areSeveral) throw new InvalidInput(label, text, 'must be one only');
	return networkName(text) ?? text;
}

/** A stablecoin, in upper case. */
export function currency(look: { description: string; initially?: string }): SingleField<string> {
	const { description, initially = '' } = look;
	return locator(
		{
			displayName: 'Currency',
			description,
			listedBy: 'searchCurrencies',
			initially: { value: initially },
			modes: { id: { displayName: 'By Hand', placeholder: 'USDT' } },
		},
		(_mode, label, text) => readCurrency(label, text),
	);
}

/**
 * A blockchain, by the name that requests have for it.
 *
 * @param look.besides the parameter whose currency narrows the list down
 */
export function network(look: {
	description: string;
	besides: string;
	initially?: { value: string; cachedResultName: string };
}): SingleField<string> {
	const { description, besides, initially } = look;
	return locator(
		{
			displayName: 'Network',
			description,
			typeOptions: { loadOptionsDependsOn: [besides] },
			listedBy: 'searchNetworks',
			initially,
			modes: { id: { displayName: 'By Hand', placeholder: 'tron' } },
		},
		(_mode, label, text) => readNetwork(label, text),
	);
}

/** How one thing is found: by exactly one of its ids, under the name that the wire has for it. */
export type Reference = { readonly id: string; readonly body: RequestBody };

/** An order that exists. */
export const order: SingleField<Reference> = locator(
	{
		displayName: 'Order',
		description:
			'The order, by the ID PonponPay gave it (trade ID) or your shop gave it (merchant order ID)',
		listedBy: 'searchOrders',
		modes: {
			tradeId: {
				displayName: 'By Trade ID',
				placeholder: 'P20261122083015123456',
				label: 'Trade ID',
			},
			merchantOrderId: {
				displayName: 'By Merchant Order ID',
				placeholder: 'shop-1042',
				label: 'Merchant Order ID',
			},
		},
	},
	(mode, label, text) => {
		const id = requireKnownId(label, text);
		return { id, body: mode === 'tradeId' ? { trade_id: id } : { mch_order_id: id } };
	},
);

/** A refund that exists. */
export const refund: SingleField<Reference> = locator(
	{
		displayName: 'Refund',
		description:
			'The refund, by the ID PonponPay gave it or your shop gave it (merchant refund ID)',
		listedBy: 'searchRefunds',
		modes: {
			id: { displayName: 'By ID', placeholder: 'R2026112208301512', label: 'Refund ID' },
			merchantRefundId: {
				displayName: 'By Merchant Refund ID',
				placeholder: 'shop-1042-refund-1',
				label: 'Merchant Refund ID',
			},
		},
	},
	(mode, label, text) => {
		const id = requireKnownId(label, text);
		return { id, body: mode === 'id' ? { refund_id: id } : { mch_refund_id: id } };
	},
);

/** A dispute. */
export const dispute: SingleField<string> = locator(
	{
		displayName: 'Dispute',
		description: 'The dispute, by the ID PonponPay gave it',
		listedBy: 'searchDisputes',
		modes: { id: { displayName: 'By ID', placeholder: 'D2026112208301512', label: 'Dispute ID' } },
	},
	(_mode, label, text) => requireKnownId(label, text),
);

/** A payment or refund on the blockchain. */
export const transaction: SingleField<Reference> = locator(
	{
		displayName: 'Transaction',
		description: 'The transaction, by its hash or explorer link, or by the ID PonponPay gave it',
		modes: {
			hash: {
				displayName: 'By Hash',
				placeholder: '9f3c5a1be07d42c8a6b1f0d97e35284c6d0a9b8e7f1c2d3e4f5a6b7c8d9ee21b',
				label: 'Transaction Hash',
			},
			id: { displayName: 'By ID', placeholder: 'T2026112208301512', label: 'Transaction ID' },
		},
	},
	(mode, label, text) => {
		const isHash = mode === 'hash';
		const id = isHash
			? readTransactionHash(label, text).on(undefined)
			: requireKnownId(label, text);
		return { id, body: isHash ? { hash: id } : { transaction_id: id } };
	},
);

/** A registered webhook, by its ID. */
export const webhook: SingleField<string> = locator(
	{
		displayName: 'Webhook',
		description: 'The webhook, by its address in the list or by the ID PonponPay gave it',
		listedBy: 'searchWebhooks',
		modes: { id: { displayName: 'By ID', placeholder: 'W2026112208301512', label: 'Webhook ID' } },
	},
	(_mode, label, text) => requireKnownId(label, text),
);
