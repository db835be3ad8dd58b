import { optional, shownWhen } from '../../shared/fields/compose';
import {
	membersOf,
	readFields,
	type ParameterSource,
	type Values,
} from '../../shared/fields/field';
import { choice, toggle } from '../../shared/fields/choices';
import { timeSpan } from '../../shared/fields/numbers';

const MINUTE_MS = 60_000;

/** How the node waits: one setting for all items. */
export type WaitSettings = {
	/** Absent: PonponPay's callback wakes the node, and it looks now and then. */
	pollEveryMs: number | undefined;
	/** Absent: as long as the orders themselves, and a little longer. */
	waitAtMostMs: number | undefined;
	cancelsOpen: boolean;
};

/** How a waiting node hears of payments. In every case it also looks by itself, so that no missing callback matters. */
function learnByWith(callbackHelp: string, hint?: string) {
	return choice(
		{
			displayName: 'Learn of Payment By',
			description: 'How this node hears that an order was paid, expired or cancelled',
			hint,
		},
		[
			{ name: 'Callback', value: 'callback', description: callbackHelp },
			{
				name: 'Polling',
				value: 'polling',
				description:
					'This n8n asks PonponPay every minute. For any order, and where PonponPay cannot reach this n8n.',
			},
		],
		'callback',
	);
}

/** For orders made elsewhere: whether they call this execution cannot be seen from them. */
export const learnBy = learnByWith(
	'PonponPay calls this n8n at once, for an order created with Notify This Execution; others are looked at.',
	'Without Notify This Execution in the node that creates the order nothing calls: by Callback the order is then looked at every minute in the first hour, later every five minutes.',
);

/** For an order that this node makes itself, which always calls. */
export const learnByOwnOrder = learnByWith(
	'PonponPay calls this n8n at once. It looks by itself, too: every minute, after an hour every five.',
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
					'When to give up, unless a payment is confirming. Without it: two minutes after the order has expired.',
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
