import { DEFAULT_CONCURRENCY } from '../shared/api/pace';
import { DEFAULT_RETRY, type RetryPolicy } from '../shared/api/retry';
import { membersOf, readFields, type ParameterSource } from '../shared/fields/field';
import { timeSpan, wholeNumber } from '../shared/fields/numbers';

const { mostTries, totalMs, timeoutMs } = DEFAULT_RETRY;

/** Options of every operation that calls the API: how long and how many at once requests are tried. */
export const requestFields = {
	concurrency: wholeNumber(
		{
			displayName: 'Concurrency',
			description:
				'How many items are worked on at once at the most; 1 means strictly one after another',
		},
		{ least: 1, most: DEFAULT_CONCURRENCY, initially: DEFAULT_CONCURRENCY },
	),
	giveUpAfter: timeSpan(
		'seconds',
		{
			displayName: 'Give Up After (Seconds)',
			description:
				'How long to keep trying when PonponPay is busy or does not answer; nothing is created twice',
		},
		{ least: 1, most: 600, initially: totalMs / 1000 },
	),
	mostTries: wholeNumber(
		{
			displayName: 'Most Tries',
			description: 'How often a request is sent at the most, the first time included',
		},
		{ least: 1, most: 20, initially: mostTries },
	),
	timeout: timeSpan(
		'seconds',
		{
			displayName: 'Timeout (Seconds)',
			description: 'How long to wait for one answer before it counts as lost',
		},
		{ least: 1, most: 300, initially: timeoutMs / 1000 },
	),
};

/** @throws InvalidInput for an option about requests that cannot be used */
export function readRequestPolicy(source: ParameterSource): RetryPolicy & { concurrency: number } {
	const options = readFields(requestFields, membersOf('options', 'Options', source));
	return {
		concurrency: options.concurrency,
		mostTries: options.mostTries,
		totalMs: options.giveUpAfter,
		timeoutMs: options.timeout,
	};
}
