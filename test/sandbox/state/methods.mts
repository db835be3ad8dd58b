import { CHAINS } from '../chain.mts';
import { CODE, Refusal } from '../refusal.mts';

/** What merchants may be paid with: every token of every chain the sandbox knows. */
export const PAYMENT_METHODS: ReadonlyArray<{ network: string; currencies: readonly string[] }> =
	CHAINS.map(({ network, contracts }) => ({ network, currencies: Object.keys(contracts) }));

/**
 * The method in the sandbox's own spelling.
 *
 * @throws Refusal for a currency that is not taken on that network
 */
export function findMethod(currency: string, network: string) {
	const offered = PAYMENT_METHODS.find((method) => method.network === network.toLowerCase());
	if (!offered) throw new Refusal(CODE.parameter, `network not supported: ${network}`);
	const known = offered.currencies.find((candidate) => candidate === currency.toUpperCase());
	if (!known) {
		throw new Refusal(CODE.parameter, `currency not supported on ${offered.network}: ${currency}`);
	}
	return { currency: known, network: offered.network };
}
