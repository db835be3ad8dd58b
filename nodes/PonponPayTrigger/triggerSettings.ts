import { NodeOperationError, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';

import { readFields, type Values } from '../shared/fields/field';
import { triggerParameters } from '../shared/fields/parameters';
import { triggerFields } from './triggerFields';

/** What the user set on the node. */
export type TriggerSettings = Values<typeof triggerFields>['options'] &
	Pick<Values<typeof triggerFields>, 'events' | 'onlyFor'> & {
		/** Whether the trigger registers its address by itself. */
		readonly isAutomatic: boolean;
	};

/**
 * Reads all parameters once: in n8n each reading may run an expression.
 *
 * @param isAnnounced whether the log tells what is allowed but may be a mistake
 * @throws InvalidInput for a setting that cannot be used
 */
export function readTriggerSettings(
	context: IHookFunctions | IWebhookFunctions,
	isAnnounced = false,
): TriggerSettings {
	const values = readFields(triggerFields, triggerParameters(context, isAnnounced));
	const { events, registration, onlyFor, options } = values;
	return { ...options, events, onlyFor, isAutomatic: registration === 'automatic' };
}

/** The address at which this trigger receives: the production URL, or the test URL while the editor listens. */
export function webhookUrl(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw new NodeOperationError(context.getNode(), 'n8n gave this trigger no webhook URL');
	}
	return url;
}
