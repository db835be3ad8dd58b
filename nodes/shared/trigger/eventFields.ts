import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { EVENTS } from '../model/event';
import { Decimal, requireAmount } from '../model/money';
import { NETWORK_OPTIONS } from '../model/network';

/** What both triggers let the user choose: events, and for which payments. */

/** Stands for every event, also those PonponPay adds later. */
export const ALL_EVENTS = '*';

/** One of the events, or all of them. */
export type EventChoice = (typeof EVENTS)[number] | typeof ALL_EVENTS;

const EVENT_OPTIONS: ReadonlyArray<{
	name: string;
	value: EventChoice;
	description: string;
}> = [
	{ name: 'All Events', value: '*', description: 'Everything PonponPay reports, also new kinds' },
	{
		name: 'Dispute Closed',
		value: 'dispute.closed',
		description: 'A dispute was won, lost or accepted',
	},
	{
		name: 'Dispute Opened',
		value: 'dispute.opened',
		description: 'A customer disputes a payment: answer before it is due',
	},
	{
		name: 'Order Cancelled',
		value: 'order.cancelled',
		description: 'An order was cancelled before it was paid',
	},
	{
		name: 'Order Confirming',
		value: 'order.confirming',
		description: 'A payment is on its way and not final yet: do not deliver goods',
	},
	{
		name: 'Order Expired',
		value: 'order.expired',
		description: 'The time to pay ran out',
	},
	{
		name: 'Order Paid',
		value: 'order.paid',
		description: 'The payment is final: on the blockchain, or credited by hand',
	},
	{
		name: 'Order Pending',
		value: 'order.pending',
		description: 'An order waits for its payment',
	},
	{
		name: 'Refund Failed',
		value: 'refund.failed',
		description: 'A refund did not reach the customer',
	},
	{
		name: 'Refund Succeeded',
		value: 'refund.succeeded',
		description: 'A refund reached the customer',
	},
];

const EVENT_NAMES = Object.fromEntries(EVENT_OPTIONS.map(({ value, name }) => [value, name]));

/** What the canvas shows below a trigger: its events, by the names that the panel gives them. */
export const EVENTS_SUBTITLE = `={{ $parameter["events"].map((event) => (${JSON.stringify(EVENT_NAMES)})[event] || event).join(", ") }}`;

/** These events by the names that people see, in alphabetical order. */
export function eventOptions(choices: readonly EventChoice[]): INodePropertyOptions[] {
	return EVENT_OPTIONS.filter(({ value }) => choices.includes(value));
}

/** The field in which a trigger's events are chosen; "Order Paid" is chosen from the start. */
export function eventsField(choices: readonly EventChoice[]): INodeProperties {
	return {
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['order.paid'],
		options: eventOptions(choices),
		description: 'What starts the workflow',
	};
}

/** The filters of a trigger; `isWanted()` applies them. */
export const onlyForField: INodeProperties = {
	displayName: 'Only For',
	name: 'onlyFor',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which of these events start the workflow; the others are accepted and dropped',
	options: [
		{
			displayName: 'Currencies',
			name: 'currencies',
			type: 'multiOptions',
			default: [],
			options: [
				{ name: 'BUSD', value: 'BUSD' },
				{ name: 'USDC', value: 'USDC' },
				{ name: 'USDT', value: 'USDT' },
			],
			description: 'Only payments in these currencies',
		},
		{
			displayName: 'Minimum Amount',
			name: 'minimumAmount',
			type: 'string',
			default: '',
			placeholder: '10.50',
			description: 'Only payments of at least this amount, compared exactly',
		},
		{
			displayName: 'Networks',
			name: 'networks',
			type: 'multiOptions',
			default: [],
			options: NETWORK_OPTIONS,
			description: 'Only payments on these networks',
		},
	],
};

/** What "Only For" holds. Empty lists and a minimum of zero let everything through. */
export type OnlyFor = { currencies: string[]; networks: string[]; minimumAmount: Decimal };

/** @throws InvalidInput for a minimum amount that is no amount */
export function readOnlyFor(given: IDataObject): OnlyFor {
	const { currencies = [], networks = [], minimumAmount = '' } = given;
	return {
		currencies: currencies as string[],
		networks: networks as string[],
		minimumAmount:
			minimumAmount === '' ? Decimal.zero : requireAmount('Minimum Amount', minimumAmount),
	};
}
