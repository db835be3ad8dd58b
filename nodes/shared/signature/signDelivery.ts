import { signWithApiKey } from './apiKey';
import { signWithEd25519, type Audience, type Signer } from './ed25519';
import { signWithSecret } from './sharedSecret';

/** What a delivery is signed with: each scheme whose key is given, and not empty. */
export type SigningKeys = {
	readonly secret?: string;
	readonly apiKey?: string;
	/** Who signs, and for whom. */
	readonly ed25519?: Signer & Audience;
};

/** When a delivery is signed: Unix seconds, and 16 to 128 letters and digits that no other delivery has. */
export type SigningMoment = { readonly timestamp: number; readonly nonce: string };

/**
 * The headers of a delivery as PonponPay signs it (contract, section 5): for samples and for tests.
 *
 * @param body the bytes exactly as they will be sent
 */
export function signDelivery(
	body: Buffer,
	{ secret, apiKey, ed25519 }: SigningKeys,
	moment: SigningMoment,
): Record<string, string> {
	return {
		...(secret && signWithSecret(body, secret)),
		...(apiKey && signWithApiKey(body, apiKey, moment)),
		...(ed25519 && signWithEd25519(body, ed25519, moment)),
	};
}
