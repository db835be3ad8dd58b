import type { INodeProperties } from 'n8n-workflow';

import { requireId } from '../../../shared/model/identifiers';
import type { RequestBody } from '../../../shared/model/json';
import { textOf } from '../fields';
import type { OperationContext } from '../operation';

export const refundField: INodeProperties = {
	displayName: 'Refund',
	name: 'refund',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The refund, by the ID PonponPay gave it or your shop gave it (merchant refund ID)',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchRefunds', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'R2026112208301512' },
		{
			displayName: 'By Merchant Refund ID',
			name: 'merchantRefundId',
			type: 'string',
			placeholder: 'shop-1042-refund-1',
		},
	],
};

/** How the refund named in the locator is found: by exactly one of its two ids. */
export function refundReference(context: OperationContext): { id: string; body: RequestBody } {
	const locator = context.field('refund');
	const isMerchantId =
		typeof locator === 'object' &&
		locator !== null &&
		'mode' in locator &&
		locator.mode === 'merchantRefundId';
	const id = requireId(isMerchantId ? 'Merchant Refund ID' : 'Refund ID', textOf(locator));
	return { id, body: isMerchantId ? { mch_refund_id: id } : { refund_id: id } };
}
