import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { InvalidInput } from '../shared/model/invalidInput';
import { readOnlyFor, type OnlyFor } from '../shared/trigger/eventFields';
import { DEFAULT_WATCH_DAYS } from './properties';

/** What the user set on the node. */
export type PollSettings = {
	events: string[];
	onlyFor: OnlyFor;
	/** How far back the first poll reports, in seconds. */
	lookBackSeconds: number;
	/** How long after its creation an order is watched, in seconds. */
	watchSeconds: number;
	repeatAfterRestart: boolean;
	includeRaw: boolean;
};

/** @throws InvalidInput for an amount or a number that cannot be used */
export function readSettings(context: IPollFunctions): PollSettings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const { lookBackHours = 0, watchDays = DEFAULT_WATCH_DAYS } = options;
	return {
		events: context.getNodeParameter('events') as string[],
		onlyFor: readOnlyFor(context.getNodeParameter('onlyFor', {}) as IDataObject),
		lookBackSeconds: 3600 * requireNumber('Also Orders of the Last Hours', lookBackHours, 0),
		watchSeconds: 86_400 * requireNumber('Watch Orders For (Days)', watchDays, 1),
		repeatAfterRestart: options.repeatAfterRestart === true,
		includeRaw: options.includeRaw === true,
	};
}

function requireNumber(field: string, given: unknown, least: number): number {
	const number = Number(given);
	if (!Number.isFinite(number) || number < least) {
		throw new InvalidInput(field, given, `must be a number of at least ${least}`);
	}
	return number;
}
