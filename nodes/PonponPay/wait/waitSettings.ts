import { optional, shownWhen } from '../../shared/fields/compose';
import {
	membersOf,
	readFields,
	type ParameterSource,
	type Values,
} from '../../shared/fields/field';
import { choice, timeSpan, toggle } from '../../shared/fields/kinds';

const MINUTE_MS = 60_000;

/** How the node waits: one setting for all items. */
export type WaitSettings = {
	/** Absent: PonponPay's callback wakes the node. */
	pollEveryMs: number | undefined;
	/** Absent: as long as the orders themselves, and a little longer. */
	waitAtMostMs: number | undefined;
	cancelsOpen: boolean;
};

/** The field that both waiting operations have beside their own. */
export const learnBy = choice(
	{
		displayName: 'Learn of Payment By',
		description: 'How this node hears that an order was paid, expired or cancelled',
	},
	[
		{
			name: 'Callback',
			value: 'callback',
			description:
				'PonponPay calls this n8n, within seconds. Needs an order created with Notify This Execution.',
		},
		{
			name: 'Polling',
			value: 'polling',
			description:
				'This n8n asks PonponPay every minute. For any order, and where PonponPay cannot reach this n8n.',
		},
	],
	'callback',
);

/** A year, in minutes: nobody waits longer for a payment. */
const LONGEST_WAIT = 525_600;

export const waitOptions = {
	pollEvery: shownWhen(
		{ '/learnBy': ['polling'] },
		timeSpan(
			'minutes',
			{
				displayName: 'Ask Every (Minutes)',
				description: 'How often PonponPay is asked; n8n itself looks once a minute',
			},
			{ least: 1, most: LONGEST_WAIT, initially: 1 },
		),
	),
	cancelOpen: toggle(
		{
			displayName: 'Cancel What Is Still Open',
			description: 'Whether to cancel an order that nobody has paid when the time is up',
		},
		true,
	),
	waitAtMost: optional(
		timeSpan(
			'minutes',
			{
				displayName: 'Wait at Most (Minutes)',
				description:
					'When to give up. Without this option: two minutes after the order has expired.',
			},
			{ least: 1, most: LONGEST_WAIT, initially: 60 },
		),
	),
};

/** @throws InvalidInput for a setting that cannot be used */
export function readWaitSettings(source: ParameterSource): WaitSettings {
	const { learnBy: way } = readFields({ learnBy }, source);
	const options: Values<typeof waitOptions> = readFields(
		waitOptions,
		membersOf('options', 'Options', source),
	);
	return {
		pollEveryMs: way === 'polling' ? (options.pollEvery ?? MINUTE_MS) : undefined,
		waitAtMostMs: options.waitAtMost,
		cancelsOpen: options.cancelOpen,
	};
}
