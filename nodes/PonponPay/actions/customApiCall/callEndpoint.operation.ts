import type { IDataObject } from 'n8n-workflow';

import { CANONICAL_PREFIX } from '../../../shared/api/endpoints';
import { choice, toggle } from '../../../shared/fields/choices';
import { cases } from '../../../shared/fields/compose';
import { json } from '../../../shared/fields/jsonObject';
import { text } from '../../../shared/fields/texts';
import { HIDDEN, InvalidInput } from '../../../shared/model/invalidInput';
import { isWireObject } from '../../../shared/model/wire';
import { operation } from '../operation';

export const callEndpoint = operation({
	name: 'Call',
	description: 'Call any path of PonponPay that has no operation of its own yet',
	action: 'Call API path',
	fields: {
		path: text({
			displayName: 'Path',
			placeholder: '/order/detail',
			description:
				'Below /api/v1/pay, such as /order/detail, or with it. The short form is tried under both prefixes.',
		}),
		method: cases(
			choice(
				{
					displayName: 'Method',
					description:
						'Nearly all of PonponPay takes POST. What is public and only looks takes GET.',
				},
				[
					{ name: 'GET', value: 'GET' },
					{ name: 'POST', value: 'POST' },
				],
				'POST',
			),
			{
				POST: {
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
				GET: {
					query: json(
						{
							displayName: 'JSON Query',
							description: 'What is asked for, with the names PonponPay uses, such as trade_id',
						},
						'{}',
					),
				},
			},
		),
	},
	async run({ path, method }, { client }) {
		const ownPath = requireBelowPrefix(path);
		const data = await client.callPath(
			method.is === 'GET'
				? { path: ownPath, query: queryOf(method.query.value), isRead: true }
				: { path: ownPath, json: method.body.text, isRead: method.isRead },
		);
		return Array.isArray(data) ? data.map(asItem) : asItem(data);
	},
});

function asItem(data: unknown): IDataObject {
	return isWireObject(data) ? (data as IDataObject) : { data: (data ?? null) as IDataObject };
}

/**
 * The key must not travel anywhere but below the API's prefix.
 *
 * @returns the path in one spelling: with a slash at its beginning and none at its end
 */
function requireBelowPrefix(given: string): string {
	const path = `/${given.replace(/^\/|\/$/g, '')}`;
	if (!/^(\/[\w-][\w.-]*)+$/.test(path)) {
		throw new InvalidInput('Path', given, 'must be a path such as /order/detail');
	}
	if (/^\/api(\/|$)/i.test(path) && !path.startsWith(`${CANONICAL_PREFIX}/`)) {
		throw new InvalidInput('Path', given, `must lie below ${CANONICAL_PREFIX}`);
	}
	return path;
}

function queryOf(asked: Record<string, unknown>): string {
	const parts = Object.entries(asked).map(([name, value]) => {
		if (typeof value === 'object') {
			throw new InvalidInput('JSON Query', HIDDEN, `must hold simple values: ${name} is none`);
		}
		return `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`;
	});
	return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
