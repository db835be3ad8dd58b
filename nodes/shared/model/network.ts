/**
 * The block explorer page of a transaction, per network. Requests and answers of the API name networks in lower case,
 * callbacks with a capital (contract, section 5).
 */
const EXPLORERS: Record<string, string> = {
	tron: 'https://tronscan.org/#/transaction/',
	ethereum: 'https://etherscan.io/tx/',
	bsc: 'https://bscscan.com/tx/',
	polygon: 'https://polygonscan.com/tx/',
	solana: 'https://solscan.io/tx/',
};

/** The five networks PonponPay takes payments on. */
export const NETWORKS = Object.keys(EXPLORERS);

/** One spelling for a network wherever it came from, `null` where none was sent. */
export function networkName(wire: unknown): string | null {
	return typeof wire === 'string' && wire !== '' ? wire.toLowerCase() : null;
}

/** A network's name as people write it: `Tron`, `BSC`. */
export function networkTitle(network: string): string {
	return network === 'bsc' ? 'BSC' : network.charAt(0).toUpperCase() + network.slice(1);
}

/** Where a person can look a transaction up; `null` for an unknown network or something that is no hash. */
export function explorerUrl(network: string | null, hash: string | null): string | null {
	if (network === null || hash === null || !/^[0-9A-Za-z]+$/.test(hash)) return null;
	return Object.hasOwn(EXPLORERS, network) ? EXPLORERS[network] + hash : null;
}
