import { isObject, NumberToken, type WireObject, type WireValue } from '../wire.mts';
import type { Asked, Dialect, DialectTable } from './dialect.mts';
import { mapMembers, without } from './transform.mts';

/** The endpoints that change what exists. Creates are none: their answer carries the ID. */
const CHANGES = [
	'/order/cancel',
	'/refund/cancel',
	'/dispute/respond',
	'/dispute/accept',
	'/webhook/delete',
];

/** The name of the one thing that an endpoint answers with; absent of lists and of what has no name. */
function nameOf(endpoint: string): string | undefined {
	if (endpoint.endsWith('/list') || endpoint === '/payment-methods') return undefined;
	return endpoint.split('/')[1];
}

/** Answers of one thing; lists stay as they are. */
const things = (
	about: string,
	change: (thing: WireObject, name: string, asked: Asked) => WireValue,
): Dialect => ({
	about,
	data: (data, asked) => {
		const name = nameOf(asked.endpoint);
		return name === undefined || !isObject(data) ? data : change(data, name, asked);
	},
});

const IDS = /^(trade_id|mch_order_id|(refund|mch_refund|dispute|transaction|webhook|mch)_id|hash)$/;

const tenTimes = (value: WireValue) =>
	value instanceof NumberToken ? new NumberToken(String(Number(value.text) * 10)) : value;

/** How one thing is given: an order, a refund, a dispute, a transaction. */
export const THING_DIALECTS = {
	'amount-actual': {
		about: "an order's `amount` is what the customer sends, suffix included",
		data: (data, { endpoint }) => {
			const actual = (order: WireValue): WireValue =>
				isObject(order) && order.actual_amount !== undefined
					? { ...order, amount: order.actual_amount }
					: order;
			if (!endpoint.startsWith('/order/')) return data;
			if (!isObject(data) || !Array.isArray(data.list)) return actual(data);
			return { ...data, list: data.list.map(actual) };
		},
	},
	'create-repeated': {
		about: 'an own ID that is taken is answered with what has it, as a success',
		settings: { createOfTaken: 'return' },
	},
	'create-altered': {
		about: 'creates answer with ten times the amount that was asked for',
		data: (data, { endpoint }) =>
			endpoint.endsWith('/add') && isObject(data)
				? mapMembers(data, (name, member) => (/amount$/.test(name) ? tenTimes(member) : member))
				: data,
	},
	'change-null': {
		about: 'changes that were made are answered with `data: null`',
		data: (data, { endpoint }) => (CHANGES.includes(endpoint) ? null : data),
	},
	'checkout-url-only': {
		about: 'a checkout is answered with its URL alone',
		data: (data, { endpoint }) =>
			endpoint === '/order/checkout' && isObject(data) ? without(data, 'trade_id') : data,
	},
	'checkout-url-opaque': {
		about: 'a checkout is answered with a URL alone that does not show the trade ID',
		data: (data, { endpoint }) =>
			endpoint === '/order/checkout' && isObject(data)
				? mapMembers(without(data, 'trade_id'), (_name, url) => opaque(url))
				: data,
	},
	'thing-nested': things(
		'one thing is nested under its name (`data: { order: {…} }`)',
		(thing, name) => ({
			[name]: thing,
		}),
	),
	'thing-empty': things('one thing is answered with `data: {}`', () => ({})),
	'thing-foreign': things('one thing is answered with another one than was asked for', (thing) =>
		mapMembers(thing, (name, member) => (IDS.test(name) ? `X${String(member)}` : member)),
	),
} satisfies DialectTable;

/** It leads to the same page. */
const opaque = (url: WireValue) => `${String(url)}/checkout`;
