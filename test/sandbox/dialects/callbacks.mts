import { isObject, NumberToken, type WireObject } from '../wire.mts';
import type { DialectTable } from './dialect.mts';
import { mapMembers, without } from './transform.mts';

/** The order's members, which the envelope has in `data`. */
const ofOrder = (body: WireObject, change: (order: WireObject) => WireObject): WireObject =>
	isObject(body.data) ? { ...body, data: change(body.data) } : change(body);

/** How callbacks look. */
export const CALLBACK_DIALECTS = {
	'callback-envelope': {
		about: 'callbacks as event envelopes',
		settings: { callbackShape: 'envelope' },
	},
	'callback-no-trade-id': {
		about: 'callbacks know an order by its own ID alone',
		callback: (body) => ofOrder(body, (order) => without(order, 'trade_id')),
	},
	'callback-no-event-id': {
		about: 'callbacks without an `event_id`',
		settings: { withEventIds: false },
	},
	'callback-environment': {
		about: 'callbacks with `environment` in capitals',
		callback: (body) =>
			mapMembers(body, (name, member) =>
				name === 'environment' ? String(member).toUpperCase() : member,
			),
	},
	'callback-unknown-status': {
		about: 'callbacks with a status that the contract does not list (9)',
		callback: (body) => ofOrder(body, (order) => ({ ...order, status: 9 })),
	},
	'callback-contradicting': {
		about: 'callbacks as envelopes of the type `order.paid`, whatever the status in them',
		settings: { callbackShape: 'envelope' },
		callback: (body) => ({ ...body, type: 'order.paid' }),
	},
	'callback-extra': {
		about: 'callbacks with members that the contract does not name',
		callback: (body) => ({
			...body,
			version: '3.1',
			sequence: new NumberToken('90071992547409931'),
			risk: { score: new NumberToken('0.1'), tags: ['new customer', null] },
			settled: null,
		}),
	},
} satisfies DialectTable;
