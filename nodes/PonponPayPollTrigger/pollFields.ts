import { collection, notice } from '../shared/fields/compose';
import { describeFields } from '../shared/fields/field';
import { toggle } from '../shared/fields/choices';
import { timeSpan } from '../shared/fields/numbers';
import { ORDER_EVENTS } from '../shared/model/event';
import { ALL_EVENTS, eventsField, onlyForField } from '../shared/trigger/eventFields';

export const pollFields = {
	pollNotice: notice(
		'Asks PonponPay at intervals, so that PonponPay need not reach this n8n. Where it can, the <b>PonponPay Trigger</b> hears of payments at once.',
	),
	events: eventsField([ALL_EVENTS, ...ORDER_EVENTS]),
	onlyFor: onlyForField,
	options: collection(
		{ displayName: 'Options', placeholder: 'Add option' },
		{
			lookBackHours: timeSpan(
				'hours',
				{
					displayName: 'Also Orders of the Last Hours',
					description:
						'How many hours back orders count as new when the workflow is published for the first time',
				},
				{ least: 0, most: 8760, initially: 0 },
			),
			includeRaw: toggle(
				{
					displayName: 'Include Raw Order',
					description: 'Whether to add the order as PonponPay sent it, under raw',
				},
				false,
			),
			watchDays: timeSpan(
				'days',
				{
					displayName: 'Watch Orders For (Days)',
					description:
						'How long after its creation an order is watched, also for a payment that comes too late',
				},
				{ least: 1, most: 90, initially: 7 },
			),
		},
	),
};

export const pollProperties = describeFields(pollFields);
