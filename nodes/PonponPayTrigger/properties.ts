import type { INodeProperties } from 'n8n-workflow';

import { ALL_EVENTS, eventsField, onlyForField } from '../shared/trigger/eventFields';
import { signatureField } from '../shared/trigger/signatureField';
import { EVENTS } from '../shared/model/event';

export const properties: INodeProperties[] = [
	eventsField([ALL_EVENTS, ...EVENTS]),
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
			'Publishing registers the webhook URL at PonponPay. If your account does not offer that, the log of n8n says so: then copy the Production URL above into the PonponPay dashboard under Developers → Webhooks.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['automatic'] } },
	},
	{
		displayName:
			'Copy the Production URL above into the PonponPay dashboard under Developers → Webhooks, or into the Notify URL of your orders. PonponPay must be able to reach it: an address with localhost will not do.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	onlyForField,
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
					'Whether to ask PonponPay about the order before the workflow starts, and to refuse what does not match',
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
						name: 'Pass On, Marked as Duplicate',
						value: 'emit',
						description:
							'An event that is delivered again starts the workflow; isDuplicate is true then',
					},
				],
				description:
					'What to do with an event that has started the workflow already. A restart of n8n forgets them.',
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
						name: 'Pass On, Marked as Late',
						value: 'emit',
						description: 'The workflow starts; isStale is true then',
					},
					{ name: 'Skip', value: 'skip', description: 'The event starts nothing' },
				],
				description:
					'What to do with an event that comes too late, such as an expiry after the payment',
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
						description: 'As soon as the event has been accepted',
					},
					{
						name: 'When the Workflow Has Finished',
						value: 'lastNode',
						description: 'Or pauses; if it fails before, PonponPay sends the event again',
					},
				],
				description: 'When PonponPay is told that its callback has arrived',
			},
			signatureField,
		],
	},
];
