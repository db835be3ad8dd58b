import type { Environment } from '../model/environment';
import { InvalidInput } from '../model/invalidInput';
import { readFields, type ParameterSource, type Values } from '../fields/field';
import { credentialFields } from './credentialFields';
import type { Limits } from './limits';

/** The credential's name in n8n. Saved workflows hold it: it must never change. */
export const CREDENTIAL_TYPE = 'ponponPayApi';

/** What the credential `PonponPayApi` holds, as this package uses it. */
export type PonponPayCredential = {
	/** Never shown, never logged. */
	apiKey: string;
	/** Scheme and host of the API, without a trailing slash. */
	host: string;
	/** Secret of signature A; empty where the merchant has none. */
	webhookSecret: string;
	/** Switches the trigger to signature C; empty where not given. */
	merchantId: string;
	/** A key beginning `sk_sandbox_` selects the vendor's sandbox [P]. */
	environment: Environment;
	/** What may be done with it. */
	limits: Limits;
};

/**
 * Reads what n8n decrypted.
 *
 * @throws InvalidInput when the key is missing, the custom host is no https address (http only on loopback), or a limit
 *   is no amount; it never names a secret
 */
export function readCredential(source: ParameterSource): PonponPayCredential {
	const values = readCredentialFields(source);
	const { apiKey, host, webhookSecret = '', merchantId = '', readOnly = false } = values;
	const { highestOrderAmount, highestRefundAmount } = values;
	return {
		apiKey,
		host: host.is === 'custom' ? host.customUrl : host.is,
		webhookSecret,
		merchantId,
		environment: apiKey.startsWith('sk_sandbox_') ? 'sandbox' : 'production',
		limits: { isReadOnly: readOnly, highestOrderAmount, highestRefundAmount },
	};
}

/** A node's panel does not show these fields, so that the message says where they are. */
function readCredentialFields(source: ParameterSource): Values<typeof credentialFields> {
	try {
		return readFields(credentialFields, source);
	} catch (error) {
		throw error instanceof InvalidInput ? error.of('the PonponPay credential') : error;
	}
}
