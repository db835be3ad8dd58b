/** PonponPay's two worlds (contract, section 1): real money, and money to try things out with. */
export const ENVIRONMENTS = ['production', 'sandbox'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

/**
 * The environment that a word of PonponPay names, whatever its letter case.
 *
 * @returns `undefined` for anything else
 */
export function parseEnvironment(wire: unknown): Environment | undefined {
	if (typeof wire !== 'string') return undefined;
	const word = wire.toLowerCase();
	return ENVIRONMENTS.find((environment) => environment === word);
}

/**
 * The one environment that all places of a delivery name.
 *
 * @returns `null` where none of them says it, `odd` where one says something else or two differ
 */
export function toldEnvironment(places: readonly unknown[]): Environment | 'odd' | null {
	const told = places.filter((place) => place !== undefined && place !== null && place !== '');
	if (told.length === 0) return null;
	const [first, ...others] = told.map(parseEnvironment);
	return first !== undefined && others.every((other) => other === first) ? first : 'odd';
}

/** Orders of the sandbox have a trade ID that begins like this (contract, section 1) [P]. */
const SANDBOX_TRADE_ID = /^SB/;

/** Whether an order, by PonponPay's own ID of it, was made with a key of the sandbox. */
export function isSandboxTradeId(tradeId: string | null | undefined): boolean {
	return typeof tradeId === 'string' && SANDBOX_TRADE_ID.test(tradeId);
}
