import { collection, optional } from '../fields/compose';
import type { Field, Values } from '../fields/field';
import { choices, openChoices } from '../fields/choices';
import { amount } from '../fields/numbers';
import type { SingleField } from '../fields/single';
import { readCurrency, readNetwork } from '../fields/locators';
import type { EVENTS } from '../model/event';
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
export function eventChoices<E extends EventChoice>(wanted: readonly E[]) {
	return EVENT_OPTIONS.filter((option): option is typeof option & { value: E } =>
		wanted.some((value) => value === option.value),
	);
}

/** The field in which a trigger's events are chosen; "Order Paid" is chosen from the start. */
export function eventsField<E extends EventChoice>(wanted: readonly E[]): SingleField<E[]> {
	return choices(
		{ displayName: 'Events', description: 'What starts the workflow' },
		eventChoices(wanted),
		['order.paid' as NoInfer<E>],
	);
}

/** The stablecoins that PonponPay takes: each is worth a dollar. */
export const CURRENCIES = [
	{ name: 'BUSD', value: 'BUSD' },
	{ name: 'USDC', value: 'USDC' },
	{ name: 'USDT', value: 'USDT' },
];

const onlyForFields = {
	currencies: optional(
		openChoices(
			{ displayName: 'Currencies', description: 'Only payments in these currencies' },
			CURRENCIES,
			readCurrency,
		),
	),
	minimumAmount: optional(
		amount({
			displayName: 'Minimum Amount',
			placeholder: '10.50',
			description: 'Only payments of at least this amount, compared exactly',
		}),
	),
	networks: optional(
		openChoices(
			{ displayName: 'Networks', description: 'Only payments on these networks' },
			NETWORK_OPTIONS,
			readNetwork,
		),
	),
};

/** What "Only For" holds. What is absent lets everything through. */
export type OnlyFor = Values<typeof onlyForFields>;

/** The filters of a trigger; `isWanted()` applies them. */
export const onlyForField: Field<OnlyFor> = collection(
	{
		displayName: 'Only For',
		placeholder: 'Add filter',
		description: 'Which of these events start the workflow; the others are accepted and dropped',
	},
	onlyForFields,
);
