import type { INodeProperties } from 'n8n-workflow';

import { ORDER_EVENTS } from '../shared/model/event';
import { ALL_EVENTS, eventsField, onlyForField } from '../shared/trigger/eventFields';

export const DEFAULT_WATCH_DAYS = 7;

export const properties: INodeProperties[] = [
	{
		displayName:
			'Looks for changed orders at intervals. PonponPay need not reach this n8n, and nothing is lost while n8n is down. Where PonponPay can reach it, the <b>PonponPay Trigger</b> hears of payments at once; both may feed one workflow through <b>Remove Duplicates</b> on dedupeKey.',
		name: 'pollNotice',
		type: 'notice',
		default: '',
	},
	eventsField([ALL_EVENTS, ...ORDER_EVENTS]),
	onlyForField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Also Orders of the Last Hours',
				name: 'lookBackHours',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 8760 },
				default: 0,
				description:
					'When the workflow is published for the first time: how many hours back orders count as new. 0 means that only what happens from then on counts.',
			},
			{
				displayName: 'Include Raw Order',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: 'Whether to add the order as PonponPay sent it, under raw',
			},
			{
				displayName: 'Repeat After a Restart',
				name: 'repeatAfterRestart',
				type: 'boolean',
				default: false,
				description:
					'Whether to emit the last changes once more when n8n was restarted, because n8n may have been stopped before it took them. Use it together with Remove Duplicates on dedupeKey.',
			},
			{
				displayName: 'Watch Orders For (Days)',
				name: 'watchDays',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 90 },
				default: DEFAULT_WATCH_DAYS,
				description:
					'How long after its creation an order is watched, also for a payment that comes after it expired or was cancelled',
			},
		],
	},
];
