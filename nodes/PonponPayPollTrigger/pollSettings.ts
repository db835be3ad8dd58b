import type { IPollFunctions } from 'n8n-workflow';

import { readFields } from '../shared/fields/field';
import { triggerParameters } from '../shared/fields/parameters';
import type { EventChoice, OnlyFor } from '../shared/trigger/eventFields';
import { pollFields } from './pollFields';

/** What the user set on the node. */
export type PollSettings = {
	events: readonly EventChoice[];
	onlyFor: OnlyFor;
	/** How far back the first poll reports, in seconds. */
	lookBackSeconds: number;
	/** How long after its creation an order is watched, in seconds. */
	watchSeconds: number;
	repeatAfterRestart: boolean;
	includeRaw: boolean;
};

/** @throws InvalidInput for a setting that cannot be used */
export function readPollSettings(context: IPollFunctions): PollSettings {
	const { events, onlyFor, options } = readFields(
		pollFields,
		triggerParameters(context, context.getMode() === 'manual'),
	);
	return {
		events,
		onlyFor,
		lookBackSeconds: Math.ceil(options.lookBackHours / 1000),
		watchSeconds: Math.ceil(options.watchDays / 1000),
		repeatAfterRestart: options.repeatAfterRestart,
		includeRaw: options.includeRaw,
	};
}
