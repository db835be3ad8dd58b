import { NodeOperationError, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';

import { readFields, type Values } from '../shared/fields/field';
import { triggerParameters } from '../shared/fields/parameters';
import { requirementsOf } from '../shared/fields/paywallTerms';
import type { SoldResource } from '../shared/x402/paymentRequired';
import type { PaymentRequirement } from '../shared/x402/requirement';
import { paywallFields } from './paywallFields';

/** What the user set on the node. */
export type PaywallSettings = Values<typeof paywallFields>['options'] & {
	readonly resource: SoldResource;
	readonly method: string;
	readonly requirements: readonly PaymentRequirement[];
};

/**
 * Reads all parameters once: in n8n each reading may run an expression.
 *
 * What is sold stands under the address that n8n has for this trigger, or one that was given by hand: whoever calls decides
 * which host a request names.
 *
 * @param isAnnounced whether the log tells what is allowed but may be a mistake
 * @throws InvalidInput for a setting that cannot be used
 */
export function readPaywallSettings(
	context: IHookFunctions | IWebhookFunctions,
	isAnnounced = false,
): PaywallSettings {
	const values = readFields(paywallFields, triggerParameters(context, isAnnounced));
	const { httpMethod, description = '', mimeType = '', options } = values;
	return {
		...options,
		method: httpMethod,
		requirements: requirementsOf(values),
		resource: { url: options.resourceUrl ?? ownUrl(context), description, mimeType },
	};
}

function ownUrl(context: IHookFunctions | IWebhookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url !== undefined) return url;
	throw new NodeOperationError(context.getNode(), 'n8n gave this trigger no webhook URL');
}
