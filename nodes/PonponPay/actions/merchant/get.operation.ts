import type { IDataObject } from 'n8n-workflow';

import { firstText, isWireObject } from '../../../shared/model/wire';
import { simplifyField } from '../fields';
import type { Operation } from '../operation';

export const get: Operation = {
	name: 'Get',
	description: 'Look up the merchant account that the API key belongs to',
	action: 'Get merchant',
	fields: [simplifyField],
	async run(context) {
		const data = await context.client.call('merchantDetail');
		const wire = isWireObject(data) ? data : {};
		if (context.field('simplify') === false) return wire as IDataObject;
		return {
			merchantId: firstText(wire, 'mch_id'),
			name: firstText(wire, 'name', 'mch_name'),
			status: firstText(wire, 'status'),
		};
	},
};
