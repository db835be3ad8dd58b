import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { PonponPayEvent } from '../model/event';

/** What is known of an event beside what it says. */
export type Circumstances = {
	dedupeKey: string;
	isDuplicate: boolean;
	isStale: boolean;
	/** The callback's own JSON; `undefined` unless the user wants it. */
	raw: unknown;
};

/** The item that an event becomes. */
export function toItem(
	{ type, eventId, order, refund, dispute }: PonponPayEvent,
	{ raw, ...circumstances }: Circumstances,
): INodeExecutionData {
	const json: IDataObject = {
		event: type,
		eventId,
		receivedAt: new Date().toISOString(),
		...circumstances,
		order,
	};
	if (refund) json.refund = refund;
	if (dispute) json.dispute = dispute;
	if (raw !== undefined) json.raw = raw as IDataObject;
	return { json };
}
