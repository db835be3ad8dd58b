import type { INodeProperties } from 'n8n-workflow';

import type { EVENTS } from '../shared/model/event';

/** Stands for every event, also those PonponPay adds later. */
export const ALL_EVENTS = '*';

const EVENT_OPTIONS: ReadonlyArray<{
	name: string;
	value: (typeof EVENTS)[number] | typeof ALL_EVENTS;
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

export const properties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['order.paid'],
		options: [...EVENT_OPTIONS],
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
				placeholder: 'e.g. 10.50',
				description: 'Only payments of at least this amount, compared exactly',
			},
			{
				displayName: 'Networks',
				name: 'networks',
				type: 'multiOptions',
				default: [],
				options: [
					{ name: 'BSC', value: 'bsc' },
					{ name: 'Ethereum', value: 'ethereum' },
					{ name: 'Polygon', value: 'polygon' },
					{ name: 'Solana', value: 'solana' },
					{ name: 'Tron', value: 'tron' },
				],
				description: 'Only payments on these networks',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Confirm with PonponPay',
				name: 'confirm',
				type: 'boolean',
				default: false,
				description:
					'Whether to read the order back from PonponPay before the workflow starts, and to refuse what does not match. Protects even if the webhook secret has leaked.',
			},
			{
				displayName: 'Duplicates',
				name: 'duplicates',
				type: 'options',
				default: 'skip',
				options: [
					{
						name: 'Skip',
						value: 'skip',
						description: 'An event that is delivered again starts nothing',
					},
					{
						name: 'Emit with isDuplicate',
						value: 'emit',
						description:
							'An event that is delivered again starts the workflow, marked as duplicate',
					},
				],
				description:
					'What to do with an event that has started the workflow already. n8n forgets this when it restarts: use Remove Duplicates on dedupeKey where that matters.',
			},
			{
				displayName: 'Include Raw Callback',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: 'Whether to add the callback as PonponPay sent it, under raw',
			},
			{
				displayName: 'Late Events',
				name: 'late',
				type: 'options',
				default: 'emit',
				options: [
					{
						name: 'Emit with isStale',
						value: 'emit',
						description: 'The workflow starts, and the event is marked as stale',
					},
					{ name: 'Skip', value: 'skip', description: 'The event starts nothing' },
				],
				description:
					'What to do with an event that was overtaken on the way, such as an expiry that arrives after the payment',
			},
			{
				displayName: 'Respond',
				name: 'respond',
				type: 'options',
				default: 'onReceived',
				options: [
					{
						name: 'Immediately',
						value: 'onReceived',
						description: 'As soon as n8n has stored the execution',
					},
					{
						name: 'When the Workflow Has Finished',
						value: 'lastNode',
						description: 'If the workflow does not succeed, PonponPay delivers the event again',
					},
				],
				description: 'When PonponPay is told that its callback has arrived',
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
