import type { IDataObject } from 'n8n-workflow';

import { toggle } from '../../../shared/fields/choices';
import { json } from '../../../shared/fields/jsonObject';
import { text } from '../../../shared/fields/texts';
import { InvalidInput } from '../../../shared/model/invalidInput';
import { isWireObject } from '../../../shared/model/wire';
import { operation } from '../operation';

export const callEndpoint = operation({
	name: 'Call',
	description: 'Call any endpoint of PonponPay that has no operation of its own yet',
	action: 'Call custom endpoint',
	fields: {
		path: text({
			displayName: 'Path',
			placeholder: '/order/detail',
			description: 'Path of the endpoint after /api/v1/pay/sdk',
		}),
		body: json(
			{
				displayName: 'JSON Body',
				description: 'What is sent, with the names PonponPay uses, such as trade_id',
			},
			'{}',
		),
		isRead: toggle(
			{
				displayName: 'Repeating Is Harmless',
				description:
					'Whether it may be sent again when no answer comes: never for what creates or changes something',
			},
			false,
		),
	},
	async run({ path, body, isRead }, { client }) {
		requireBelowPrefix(path);
		const data = await client.callPath(path, body.text, isRead);
		return Array.isArray(data) ? data.map(asItem) : asItem(data);
	},
});

function asItem(data: unknown): IDataObject {
	return isWireObject(data) ? (data as IDataObject) : { data: (data ?? null) as IDataObject };
}

/** The key must not travel anywhere but below the API's prefix. */
function requireBelowPrefix(path: string): void {
	if (!/^\/[\w\-./]*$/.test(path) || path.includes('..') || path.includes('//')) {
		throw new InvalidInput('Path', path, 'must be a path such as /order/detail');
	}
}
