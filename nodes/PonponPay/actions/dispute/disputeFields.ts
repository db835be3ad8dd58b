import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toDispute } from '../../../shared/model/dispute';
import { requireId } from '../../../shared/model/identifiers';
import type { WireObject } from '../../../shared/model/wire';
import { textOf } from '../fields';
import type { OperationContext } from '../operation';

export const disputeField: INodeProperties = {
	displayName: 'Dispute',
	name: 'dispute',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The dispute, by the ID PonponPay gave it',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDisputes', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'D2026112208301512' },
	],
};

export function disputeId(context: OperationContext): string {
	return requireId('Dispute ID', textOf(context.field('dispute')));
}

/** A dispute in our shape, with the hours left from now. */
export function disputeShape(wire: WireObject): IDataObject {
	return toDispute(wire, Date.now());
}
