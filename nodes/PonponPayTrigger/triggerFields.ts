import { collection, notice, shownWhen } from '../shared/fields/compose';
import { describeFields } from '../shared/fields/field';
import { choice, toggle } from '../shared/fields/choices';
import { ALL_EVENTS, eventsField, onlyForField } from '../shared/trigger/eventFields';
import { signature } from '../shared/trigger/signatureField';
import { EVENTS } from '../shared/model/event';

export const triggerFields = {
	events: eventsField([ALL_EVENTS, ...EVENTS]),
	registration: choice(
		{
			displayName: 'Registration',
			description: 'How PonponPay learns the address of this trigger',
		},
		[
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
		'automatic',
	),
	automaticNotice: shownWhen(
		{ registration: ['automatic'] },
		notice(
			'Publishing registers the webhook URL at PonponPay. If your account does not offer that, publishing stops and says what to do.',
		),
	),
	manualNotice: shownWhen(
		{ registration: ['manual'] },
		notice(
			'Copy the Production URL above into the PonponPay dashboard under Developers → Webhooks, or into the Notify URL of your orders. PonponPay must be able to reach it: an address with localhost will not do.',
		),
	),
	onlyFor: onlyForField,
	options: collection(
		{ displayName: 'Options', placeholder: 'Add option' },
		{
			confirm: toggle(
				{
					displayName: 'Confirm with PonponPay',
					description:
						'Whether to ask PonponPay about the order before the workflow starts, and to refuse what does not match',
				},
				false,
			),
			duplicates: choice(
				{
					displayName: 'Duplicates',
					description:
						'What to do with an event that has started the workflow already, in whatever process of n8n',
				},
				[
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
				'skip',
			),
			includeRaw: toggle(
				{
					displayName: 'Include Raw Callback',
					description: 'Whether to add the callback as PonponPay sent it, under raw',
				},
				false,
			),
			late: choice(
				{
					displayName: 'Late Events',
					description:
						'What to do with an event that comes too late, such as an expiry after the payment',
				},
				[
					{
						name: 'Pass On, Marked as Late',
						value: 'emit',
						description: 'The workflow starts; isStale is true then',
					},
					{ name: 'Skip', value: 'skip', description: 'The event starts nothing' },
				],
				'emit',
			),
			respond: choice(
				{
					displayName: 'Respond',
					description: 'When PonponPay is told that its callback has arrived',
				},
				[
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
				'onReceived',
			),
			signature,
		},
	),
};

export const triggerProperties = describeFields(triggerFields);
