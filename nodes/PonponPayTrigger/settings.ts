import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import type { Trust } from '../shared/signature/trust';
import { readOnlyFor, type OnlyFor } from '../shared/trigger/eventFields';

/** What the user set on the node. */
export type TriggerSettings = {
	events: string[];
	isAutomatic: boolean;
	onlyFor: OnlyFor;
	signature: Trust['signature'];
	includeRaw: boolean;
	/** What to do with an event that has started the workflow before. */
	duplicates: 'skip' | 'emit';
	/** What to do with an event that was overtaken, such as "expired" after "paid". */
	late: 'emit' | 'skip';
	/** Whether to read the order back from PonponPay. */
	confirm: boolean;
};

/**
 * Reads all parameters once: in n8n each reading may run an expression.
 *
 * @throws InvalidInput for a minimum amount that is no amount
 */
export function readSettings(context: IHookFunctions | IWebhookFunctions): TriggerSettings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return {
		events: context.getNodeParameter('events') as string[],
		isAutomatic: context.getNodeParameter('registration', 'automatic') !== 'manual',
		onlyFor: readOnlyFor(context.getNodeParameter('onlyFor', {}) as IDataObject),
		signature: (options.signature ?? 'auto') as Trust['signature'],
		includeRaw: options.includeRaw === true,
		duplicates: options.duplicates === 'emit' ? 'emit' : 'skip',
		late: options.late === 'skip' ? 'skip' : 'emit',
		confirm: options.confirm === true,
	};
}

/** The address at which this trigger receives: the production URL, or the test URL while the editor listens. */
export function webhookUrl(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw new NodeOperationError(context.getNode(), 'n8n gave this trigger no webhook URL');
	}
	return url;
}
