import { X402_VERSION, type PaymentRequirement } from './requirement';

/** What is sold: the address under which it stands in the merchant's dashboard, and what buyers are told of it. */
export type SoldResource = {
	readonly url: string;
	readonly description: string;
	readonly mimeType: string;
};

/** The answer to a call that is not paid, as header and as body. */
export type PaymentRequired = {
	readonly x402Version: typeof X402_VERSION;
	/** What is missing or wrong, for people. */
	readonly error: string;
	readonly resource: SoldResource;
	readonly accepts: readonly PaymentRequirement[];
	readonly extensions: Record<string, never>;
};

/** @param error what is missing or wrong, as a sentence without its full stop */
export function paymentRequired(
	resource: SoldResource,
	accepts: readonly PaymentRequirement[],
	error: string,
): PaymentRequired {
	return { x402Version: X402_VERSION, error, resource, accepts, extensions: {} };
}
