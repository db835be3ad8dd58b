import { readFields, type ParameterSource } from '../shared/fields/field';
import type { EventChoice, OnlyFor } from '../shared/trigger/eventFields';
import { pollFields } from './pollFields';

/** The next poll comes soon; and n8n gives a poll 45 seconds in some set-ups. */
export const PATIENCE = { mostTries: 3, totalMs: 30_000, timeoutMs: 15_000 };

/** What the user set on the node. */
export type PollSettings = {
	events: readonly EventChoice[];
	onlyFor: OnlyFor;
	/** How far back the first poll reports, in seconds. */
	lookBackSeconds: number;
	/** How long after its creation an order is watched, in seconds. */
	watchSeconds: number;
	includeRaw: boolean;
};

/** @throws InvalidInput for a setting that cannot be used */
export function readPollSettings(parameters: ParameterSource): PollSettings {
	const { events, onlyFor, options } = readFields(pollFields, parameters);
	return {
		events,
		onlyFor,
		lookBackSeconds: Math.ceil(options.lookBackHours / 1000),
		watchSeconds: Math.ceil(options.watchDays / 1000),
		includeRaw: options.includeRaw,
	};
}
