import type { Environment } from '../model/environment';
import type { Scheme } from './refusal';

/** What a delivery must prove, and what this side knows to check it. */
export type Trust = {
	/** The one scheme the user insists on; `auto` follows the contract. There is no "none". */
	readonly signature: Scheme | 'auto';
	readonly apiKey: string;
	/** Secrets for signature A; empty ones do not count. */
	readonly secrets: readonly string[];
	/** Makes `auto` mean Ed25519 and nothing else; empty where not configured. */
	readonly merchantId: string;
	readonly environment: Environment;
};

/** What a credential holds to check deliveries with; each may be empty but the API key. */
type KeysOfCredential = Pick<Trust, 'apiKey' | 'merchantId' | 'environment'> & {
	readonly webhookSecret: string;
};

/**
 * The trust that a credential founds.
 *
 * @param signature what the user chose
 * @param hookSecret the secret that PonponPay returned for the registered webhook; empty where there is none
 */
export function trustOf(
	{ apiKey, webhookSecret, merchantId, environment }: KeysOfCredential,
	signature: Trust['signature'] = 'auto',
	hookSecret = '',
): Trust {
	return { signature, apiKey, secrets: [webhookSecret, hookSecret], merchantId, environment };
}
