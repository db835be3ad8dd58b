import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { loadCredential } from '../shared/api/connection';
import { toNodeError } from '../shared/api/errors';
import { readPaywallSettings } from './paywallSettings';

/**
 * What must be right for a call to be paid: better known when publishing than at the first call.
 *
 * @returns true
 * @throws NodeOperationError for a setting or a credential with which nobody could pay
 */
export async function checkPaywall(context: IHookFunctions): Promise<true> {
	try {
		readPaywallSettings(context, true);
		const { environment } = await loadCredential(context);
		if (environment === 'production') return true;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	throw new NodeOperationError(
		context.getNode(),
		'PonponPay settles no payments of x402 with a sandbox key, so nobody could pay for a call',
		{ description: 'Choose a credential with a production key, then publish again.' },
	);
}
