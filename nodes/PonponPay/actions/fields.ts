import type { INodeProperties } from 'n8n-workflow';

import { requireId } from '../../shared/model/identifiers';
import { InvalidInput } from '../../shared/model/invalidInput';
import type { RequestBody } from '../../shared/model/json';
import { isOutOfReach, requireCallbackUrl, requirePublicUrl } from '../../shared/model/publicUrl';
import type { OperationContext } from './operation';

/** Fields that several operations share, each with the function that reads it. */

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const amountField: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	required: true,
	default: '',
	placeholder: '25.00',
	description:
		'What the customer pays, in the stablecoin (1 USDT is about 1 USD). Write decimals with a point.',
};

export const currencyField: INodeProperties = {
	displayName: 'Currency',
	name: 'currency',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: 'USDT' },
	description: 'Stablecoin the customer pays with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCurrencies', searchable: true },
		},
		{ displayName: 'By Hand', name: 'id', type: 'string', placeholder: 'USDT' },
	],
};

export const networkField: INodeProperties = {
	displayName: 'Network',
	name: 'network',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: 'tron', cachedResultName: 'Tron' },
	description: 'Blockchain the customer pays on; the list shows those that carry the currency',
	typeOptions: { loadOptionsDependsOn: ['currency.value'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchNetworks', searchable: true },
		},
		{ displayName: 'By Hand', name: 'id', type: 'string', placeholder: 'tron' },
	],
};

/** The currency where it may be left open: a filter or an option. */
export function optionalCurrencyField(description: string): INodeProperties {
	return { ...currencyField, required: false, default: { mode: 'list', value: '' }, description };
}

/** The network where it may be left open; its list shows those that carry the currency beside it. */
export function optionalNetworkField(collection: string, description: string): INodeProperties {
	return {
		...networkField,
		required: false,
		default: { mode: 'list', value: '' },
		description,
		typeOptions: { loadOptionsDependsOn: [`${collection}.currency.value`] },
	};
}

export const orderField: INodeProperties = {
	displayName: 'Order',
	name: 'order',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The order, by the ID PonponPay gave it (trade ID) or your shop gave it (merchant order ID)',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchOrders', searchable: true },
		},
		{
			displayName: 'By Trade ID',
			name: 'tradeId',
			type: 'string',
			placeholder: 'P20261122083015123456',
		},
		{
			displayName: 'By Merchant Order ID',
			name: 'merchantOrderId',
			type: 'string',
			placeholder: 'shop-1042',
		},
	],
};

export const merchantOrderIdOption: INodeProperties = {
	displayName: 'Merchant Order ID',
	name: 'merchantOrderId',
	type: 'string',
	default: '',
	placeholder: 'shop-1042',
	description:
		'ID of the order in your shop: asking again with the same ID gives the same order. If empty, one is made up.',
};

export const notifyUrlOption: INodeProperties = {
	displayName: 'Notify URL',
	name: 'notifyUrl',
	type: 'string',
	default: '',
	placeholder: 'https://n8n.example.com/webhook/payments',
	description:
		'Address PonponPay calls when this order changes, such as the URL of a PonponPay Trigger',
};

export const notifyExecutionOption: INodeProperties = {
	displayName: 'Notify This Execution',
	name: 'notifyExecution',
	type: 'boolean',
	default: false,
	description:
		'Whether PonponPay wakes a Wait for Payment that follows in this workflow. Leave Notify URL empty then.',
};

export const redirectUrlOption: INodeProperties = {
	displayName: 'Redirect URL',
	name: 'redirectUrl',
	type: 'string',
	default: '',
	placeholder: 'https://shop.example.com/thanks',
	description: 'Page the customer is sent to after paying',
};

/** The text in a field or resource locator, without surrounding space; empty where nothing is given. */
export function textOf(value: unknown): string {
	const inner =
		typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return inner === undefined || inner === null ? '' : String(inner).trim();
}

/** A field that must be filled, such as a currency. */
export function requireText(field: string, value: unknown): string {
	const text = textOf(value);
	if (text === '') throw new InvalidInput(field, '', 'must be given');
	return text;
}

export const requireCurrency = (value: unknown): string =>
	requireText('Currency', value).toUpperCase();

export const requireNetwork = (value: unknown): string =>
	requireText('Network', value).toLowerCase();

/** How the order named in the locator is found: by exactly one of its two ids. */
export function orderReference(context: OperationContext): { id: string; body: RequestBody } {
	const locator = context.field('order');
	const isMerchantId =
		typeof locator === 'object' &&
		locator !== null &&
		'mode' in locator &&
		locator.mode === 'merchantOrderId';
	const id = requireId(isMerchantId ? 'Merchant Order ID' : 'Trade ID', textOf(locator));
	return { id, body: isMerchantId ? { mch_order_id: id } : { trade_id: id } };
}

/** The options that a create and a checkout link share, checked. */
export function orderOptions(context: OperationContext): {
	mch_order_id: string;
	notify_url?: string;
	redirect_url?: string;
} {
	const given = textOf(context.option('merchantOrderId'));
	return {
		mch_order_id: given === '' ? context.derivedId('order') : requireId('Merchant Order ID', given),
		notify_url: notifyUrl(context),
		redirect_url: optionalUrl('Redirect URL', context.option('redirectUrl')),
	};
}

function notifyUrl(context: OperationContext): string | undefined {
	const given = textOf(context.option('notifyUrl'));
	if (context.option('notifyExecution') === true) {
		if (given === '') return executionUrl(context);
		throw new InvalidInput('Notify URL', given, 'must be empty with Notify This Execution');
	}
	return given === '' ? undefined : requireCallbackUrl('Notify URL', given, context.client.host);
}

/** Messages name its origin only: what follows wakes the execution. */
function executionUrl({ client, resumeUrl }: OperationContext): string {
	const url = resumeUrl();
	const field = 'The address of this n8n server (WEBHOOK_URL)';
	const { origin } = new URL(url);
	if (isOutOfReach(url, client.host)) {
		throw new InvalidInput(
			field,
			origin,
			'must be one that PonponPay can reach; where there is none, let the waiting node learn of the payment by Polling',
		);
	}
	requirePublicUrl(field, origin);
	return url;
}

function optionalUrl(field: string, value: unknown): string | undefined {
	const text = textOf(value);
	return text === '' ? undefined : requirePublicUrl(field, text);
}
