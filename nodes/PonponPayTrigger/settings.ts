import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Trust } from '../shared/webhook/verify';
import { ALL_EVENTS } from './properties';

/** What the user set on the node. */
export type TriggerSettings = {
	events: string[];
	isAutomatic: boolean;
	signature: Trust['signature'];
	includeRaw: boolean;
};

/** Reads all parameters once: in n8n each reading may run an expression. */
export function readSettings(context: IHookFunctions | IWebhookFunctions): TriggerSettings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return {
		events: context.getNodeParameter('events') as string[],
		isAutomatic: context.getNodeParameter('registration', 'automatic') !== 'manual',
		signature: (options.signature ?? 'auto') as Trust['signature'],
		includeRaw: options.includeRaw === true,
	};
}

export function isWanted(type: string, { events }: TriggerSettings): boolean {
	return events.includes(ALL_EVENTS) || events.includes(type);
}
