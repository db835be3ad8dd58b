import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import { PonponPay } from '../../../nodes/PonponPay/PonponPay.node';
import { createEngine } from '../harness/engine.mts';
import type { CredentialData } from '../harness/credentials.mts';

/** n8n's engine with the action node in it. */
export const engine = createEngine({
	nodes: [new PonponPay()],
	credentialTypes: [new PonponPayApi()],
});

/** A key that no server knows by itself, to be searched for wherever it must not turn up. */
export const API_KEY = 'sk_sandbox_9f8e7d6c5b4a39281706f5e4d3c2b1a0';

/** What the user types into the credential for a server on this machine. */
export function typed(url: string, apiKey = API_KEY): ICredentialDataDecryptedObject {
	return { apiKey, host: 'custom', customUrl: url };
}

export function account(url: string, apiKey = API_KEY): CredentialData {
	return { ponponPayApi: typed(url, apiKey) };
}

/** A resource locator as the editor stores it. */
export function locator(mode: string, value: string): INodeParameters {
	return { __rl: true, mode, value };
}

/** "Order: Create" with a good answer in every field, changed where a test says so. */
export function createOrder(changes: INodeParameters = {}): INodeParameters {
	return {
		resource: 'order',
		operation: 'create',
		amount: '10',
		currency: locator('list', 'USDT'),
		network: locator('list', 'tron'),
		...changes,
	};
}

/** "Create Checkout Link", likewise. */
export function createCheckout(changes: INodeParameters = {}): INodeParameters {
	return { resource: 'order', operation: 'createCheckout', amount: '10', ...changes };
}

export function getOrder(order: INodeParameters, changes: INodeParameters = {}): INodeParameters {
	return { resource: 'order', operation: 'get', order, ...changes };
}

export function cancelOrder(
	order: INodeParameters,
	changes: INodeParameters = {},
): INodeParameters {
	return { resource: 'order', operation: 'cancel', order, ...changes };
}
