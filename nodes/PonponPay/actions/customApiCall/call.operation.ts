import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../shared/model/invalidInput';
import { parseJsonExactly } from '../../../shared/model/json';
import { isWireObject } from '../../../shared/model/wire';
import { requireText } from '../fields';
import type { Operation } from '../operation';

export const call: Operation = {
	name: 'Call',
	description: 'Call any endpoint of PonponPay that has no operation of its own yet',
	action: 'Call custom endpoint',
	fields: [
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: '/order/detail',
			description: 'Path of the endpoint after /api/v1/pay/sdk',
		},
		{
			displayName: 'JSON Body',
			name: 'body',
			type: 'json',
			default: '{}',
			description: 'What is sent, with the names PonponPay uses, such as trade_id',
		},
		{
			displayName: 'Repeating Is Harmless',
			name: 'isRead',
			type: 'boolean',
			default: false,
			description:
				'Whether it may be sent again when no answer comes: never for what creates or changes something',
		},
	],
	async run(context) {
		const path = requirePath(context.field('path'));
		const isRead = context.field('isRead') === true;
		const data = await context.client.callPath(
			path,
			requireJsonObject(context.field('body')),
			isRead,
		);
		if (Array.isArray(data)) return data.map(asItem);
		return asItem(data);
	},
};

function asItem(data: unknown): IDataObject {
	return isWireObject(data) ? (data as IDataObject) : { data: (data ?? null) as IDataObject };
}

/** Only a path below the API's prefix: the key must not travel anywhere else. */
function requirePath(given: unknown): string {
	const path = requireText('Path', given);
	if (!/^\/[\w\-./]*$/.test(path) || path.includes('..') || path.includes('//')) {
		throw new InvalidInput('Path', given, 'must be a path such as /order/detail');
	}
	return path;
}

/** The body as JSON text, every digit kept. */
function requireJsonObject(given: unknown): string {
	const text = typeof given === 'string' ? given : JSON.stringify(given ?? {});
	if (!isWireObject(parsed(text))) {
		throw new InvalidInput('JSON Body', given, 'must be a JSON object such as {"trade_id": "P1"}');
	}
	return text;
}

function parsed(text: string): unknown {
	try {
		return parseJsonExactly(text);
	} catch {
		return undefined;
	}
}
