import type { INodeProperties } from 'n8n-workflow';

import type { OrderEvent } from '../shared/model/event';

/** Stands for every event, also those PonponPay adds later. */
export const ALL_EVENTS = '*';

const EVENTS: ReadonlyArray<{
	name: string;
	value: OrderEvent | typeof ALL_EVENTS;
	description: string;
}> = [
	{ name: 'All Events', value: '*', description: 'Everything PonponPay reports, also new kinds' },
	{
		name: 'Order Cancelled',
		value: 'order.cancelled',
		description: 'An order was cancelled before it was paid',
	},
	{
		name: 'Order Confirming',
		value: 'order.confirming',
		description: 'A payment was seen on chain and is not final yet: do not deliver goods',
	},
	{
		name: 'Order Expired',
		value: 'order.expired',
		description: 'The time to pay ran out',
	},
	{
		name: 'Order Paid',
		value: 'order.paid',
		description: 'The payment is final: on chain, credited by hand, or by an administrator',
	},
	{
		name: 'Order Pending',
		value: 'order.pending',
		description: 'An order waits for its payment',
	},
];

export const properties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['order.paid'],
		options: [...EVENTS],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		default: 'automatic',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Registers the webhook URL at PonponPay and removes it again',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'You enter the webhook URL at PonponPay yourself',
			},
		],
		description: 'How PonponPay learns the address of this trigger',
	},
	{
		displayName:
			'When the workflow is published, its webhook URL is registered at PonponPay. If your account does not offer this, the log of n8n says so, and the trigger works as with <b>Manual</b>: copy the Production URL above into the PonponPay dashboard under Developers → Webhooks.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['automatic'] } },
	},
	{
		displayName:
			'Copy the Production URL above into the PonponPay dashboard under Developers → Webhooks, or into the Notify URL of your orders. Nothing is registered or removed for you.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Raw Callback',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: 'Whether to add the callback as PonponPay sent it, under raw',
			},
			{
				displayName: 'Signature',
				name: 'signature',
				type: 'options',
				default: 'auto',
				options: [
					{
						name: 'API Key',
						value: 'apiKey',
						description: 'Signed with the API key of the credential',
					},
					{
						name: 'Automatic',
						value: 'auto',
						description:
							'Ed25519 if the credential has a merchant ID, else API key, else webhook secret',
					},
					{
						name: 'Ed25519',
						value: 'ed25519',
						description: 'Signed with the key that PonponPay publishes; needs the merchant ID',
					},
					{
						name: 'Webhook Secret',
						value: 'secret',
						description: 'Signed with the webhook secret; protects least against repetition',
					},
				],
				description: 'Which signature a callback must have; every other callback is refused',
			},
		],
	},
];
