import type { INodeProperties } from 'n8n-workflow';

import { ORDER_EVENTS } from '../shared/model/event';
import { ALL_EVENTS, eventsField, onlyForField } from '../shared/trigger/eventFields';

export const DEFAULT_WATCH_DAYS = 7;

export const properties: INodeProperties[] = [
	{
		displayName:
			'Asks PonponPay at intervals, so that PonponPay need not reach this n8n. Where it can, the <b>PonponPay Trigger</b> hears of payments at once.',
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
					'How many hours back orders count as new when the workflow is published for the first time',
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
					'Whether to report the last changes once more after a restart of n8n; use Remove Duplicates with it',
			},
			{
				displayName: 'Watch Orders For (Days)',
				name: 'watchDays',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 90 },
				default: DEFAULT_WATCH_DAYS,
				description:
					'How long after its creation an order is watched, also for a payment that comes too late',
			},
		],
	},
];
