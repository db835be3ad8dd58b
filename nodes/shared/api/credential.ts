import { InvalidInput } from '../model/invalidInput';
import { requirePublicUrl } from '../model/publicUrl';
import { readLimits, type Limits } from './limits';

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
	environment: 'production' | 'sandbox';
	/** What may be done with it. */
	limits: Limits;
};

/**
 * Reads what n8n decrypted.
 *
 * @throws InvalidInput when the key is missing, the custom host is no https address (http only on loopback), or a limit
 *   is no amount
 */
export function readCredential(data: Record<string, unknown>): PonponPayCredential {
	const apiKey = text(data.apiKey);
	if (apiKey === '') {
		throw new InvalidInput('The API Key of the PonponPay credential', '', 'must be given');
	}
	return {
		apiKey,
		host: readHost(data),
		webhookSecret: text(data.webhookSecret),
		merchantId: text(data.merchantId),
		environment: apiKey.startsWith('sk_sandbox_') ? 'sandbox' : 'production',
		limits: readLimits(data),
	};
}

function readHost(data: Record<string, unknown>): string {
	const chosen = text(data.host);
	const isCustom = chosen === 'custom';
	const field = `The ${isCustom ? 'Custom URL' : 'Host'} of the PonponPay credential`;
	const given = isCustom ? text(data.customUrl) : chosen || 'https://api.polypay.ai';
	// Messages name the host, so that it may hold no password; and paths are appended to it.
	if (/[@?#]/.test(given)) {
		const shown = given.replace(/\/\/.*@/, '//…@');
		throw new InvalidInput(field, shown, 'must be an address without user, query and fragment');
	}
	return requirePublicUrl(field, given).replace(/\/+$/, '');
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
