import { InvalidInput } from './invalidInput';

/** How addresses and transaction hashes of a network are written. */
export type AddressKind = 'evm' | 'tron' | 'solana';

/** A token's contract (on Solana its mint); `source` says who publishes it. */
export type Token = {
	contract: string;
	decimals: number;
	source: string;
	/** A bridged token goes by the same name there, and PonponPay does not say which of the two its orders mean. */
	hasBridgedTwin?: true;
};

/** All that is known of a network. */
export type Network = {
	/** What we compare and send, in lower case. */
	name: string;
	/** The name people know. */
	title: string;
	/** Other names, in lower case without spaces, hyphens and "mainnet" at their end. */
	aliases: readonly string[];
	/** As registered for EIP-155. */
	chainId?: number;
	kind: AddressKind;
	/** Block explorer page of a transaction, up to its hash. */
	explorer: string;
	tokens: Readonly<Record<string, Token>>;
};

const CIRCLE = 'developers.circle.com/stablecoins/usdc-contract-addresses';
const TETHER = 'tether.to/en/supported-protocols';

/**
 * Everything this package knows of a network. A ninth one is one more row.
 *
 * Only tokens whose contract is certain: a wrong one would send money that nobody credits. Left out are BUSD (no longer
 * issued), USDC on Tron (Circle ended it), bridged USDC (USDC.e, USDbC), and USDT on Base, Arbitrum and Optimism, which
 * is bridged or USDT0 there. On BSC both tokens are Binance-Peg, with 18 decimals.
 */
export const NETWORK_TABLE: readonly Network[] = [
	{
		name: 'tron',
		title: 'Tron (TRC-20)',
		aliases: ['trc20', 'trx'],
		kind: 'tron',
		explorer: 'https://tronscan.org/#/transaction/',
		tokens: {
			USDT: { contract: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', decimals: 6, source: TETHER },
		},
	},
	{
		name: 'ethereum',
		title: 'Ethereum (ERC-20)',
		aliases: ['erc20', 'eth'],
		chainId: 1,
		kind: 'evm',
		explorer: 'https://etherscan.io/tx/',
		tokens: {
			USDT: { contract: '0xdAC17F958D2ee523a2206206994597C13D831ec7', decimals: 6, source: TETHER },
			USDC: { contract: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', decimals: 6, source: CIRCLE },
		},
	},
	{
		name: 'bsc',
		title: 'BSC (BEP-20)',
		aliases: ['bep20', 'bnb', 'binance', 'bnbchain', 'bnbsmartchain', 'binancesmartchain'],
		chainId: 56,
		kind: 'evm',
		explorer: 'https://bscscan.com/tx/',
		tokens: {
			USDT: {
				contract: '0x55d398326f99059fF775485246999027B3197955',
				decimals: 18,
				source: 'bscscan.com/token/0x55d398326f99059fF775485246999027B3197955',
			},
			USDC: {
				contract: '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d',
				decimals: 18,
				source: 'bscscan.com/token/0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d',
			},
		},
	},
	{
		name: 'polygon',
		title: 'Polygon',
		aliases: ['matic', 'pol', 'polygonpos'],
		chainId: 137,
		kind: 'evm',
		explorer: 'https://polygonscan.com/tx/',
		tokens: {
			USDT: {
				contract: '0xc2132D05D31c914a87C6611C10748AEb04B58e8F',
				decimals: 6,
				source: 'polygonscan.com/token/0xc2132D05D31c914a87C6611C10748AEb04B58e8F',
			},
			USDC: {
				contract: '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359',
				decimals: 6,
				source: CIRCLE,
				hasBridgedTwin: true,
			},
		},
	},
	{
		name: 'solana',
		title: 'Solana',
		aliases: ['sol', 'spl'],
		kind: 'solana',
		explorer: 'https://solscan.io/tx/',
		tokens: {
			USDT: {
				contract: 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB',
				decimals: 6,
				source: TETHER,
			},
			USDC: {
				contract: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
				decimals: 6,
				source: CIRCLE,
			},
		},
	},
	{
		name: 'base',
		title: 'Base',
		aliases: [],
		chainId: 8453,
		kind: 'evm',
		explorer: 'https://basescan.org/tx/',
		tokens: {
			USDC: { contract: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', decimals: 6, source: CIRCLE },
		},
	},
	{
		name: 'arbitrum',
		title: 'Arbitrum',
		aliases: ['arb', 'arbitrumone'],
		chainId: 42161,
		kind: 'evm',
		explorer: 'https://arbiscan.io/tx/',
		tokens: {
			USDC: {
				contract: '0xaf88d065e77c8cC2239327C5EDb3A432268e5831',
				decimals: 6,
				source: CIRCLE,
				hasBridgedTwin: true,
			},
		},
	},
	{
		name: 'optimism',
		title: 'Optimism',
		aliases: ['op'],
		chainId: 10,
		kind: 'evm',
		explorer: 'https://optimistic.etherscan.io/tx/',
		tokens: {
			USDC: {
				contract: '0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85',
				decimals: 6,
				source: CIRCLE,
				hasBridgedTwin: true,
			},
		},
	},
];

/** The canonical names of the networks this package knows. */
export const NETWORKS = NETWORK_TABLE.map(({ name }) => name);

/** The networks for a drop-down, in alphabetical order as n8n wants it. */
export const NETWORK_OPTIONS = NETWORK_TABLE.map(({ name, title }) => ({
	name: title,
	value: name,
})).sort((left, right) => (left.name < right.name ? -1 : 1));

const BY_NAME: ReadonlyMap<string, Network> = new Map(
	NETWORK_TABLE.flatMap((row) =>
		[row.name, row.title, ...row.aliases, `eip155:${row.chainId ?? row.name}`].map((name) => [
			nameKey(name),
			row,
		]),
	),
);

function nameKey(name: string): string {
	return name
		.toLowerCase()
		.replace(/[\s_-]/g, '')
		.replace(/(?<=.)mainnet$/, '');
}

/** The row of a network under any of its names; `undefined` for one this package does not know. */
export function findNetwork(name: string | null): Network | undefined {
	return name === null ? undefined : BY_NAME.get(nameKey(name));
}

/** One spelling for a network wherever it came from, `null` where none was sent; an unknown one in lower case. */
export function networkName(wire: unknown): string | null {
	if (typeof wire !== 'string' || wire.trim() === '') return null;
	return findNetwork(wire)?.name ?? wire.toLowerCase();
}

/** A network's name as people know it: `Tron (TRC-20)`; an unknown one with a capital. */
export function networkTitle(network: string): string {
	return findNetwork(network)?.title ?? network.charAt(0).toUpperCase() + network.slice(1);
}

/** A token by the network's and the currency's name; `undefined` where its contract is not certain. */
export function findToken(network: string | null, currency: string | null): Token | undefined {
	const tokens = findNetwork(network)?.tokens ?? {};
	const symbol = currency?.toUpperCase() ?? '';
	return Object.hasOwn(tokens, symbol) ? tokens[symbol] : undefined;
}

/** {@link findToken}, but none whose name a bridged token shares there: which of the two is meant nobody knows. */
export function certainToken(network: string | null, currency: string | null): Token | undefined {
	const token = findToken(network, currency);
	return token?.hasBridgedTwin === true ? undefined : token;
}

/** Decimals of a token on a network, `undefined` where this package does not know it. */
export function tokenDecimals(network: string | null, currency: string | null): number | undefined {
	return findToken(network, currency)?.decimals;
}

/** Where a person can look a transaction up; `null` for an unknown network or something that is no hash. */
export function explorerUrl(network: string | null, hash: string | null): string | null {
	const row = findNetwork(network);
	const normal = hash === null ? undefined : normaliseHash(hash, network);
	return row === undefined || normal === undefined ? null : row.explorer + normal;
}

/**
 * The one spelling of a transaction hash, from a hash or from the page of an explorer.
 *
 * 64 hex digits become lower case, with `0x` on EVM networks and without on Tron; on an unknown network `0x` stays as it
 * came. Everything else, such as a Solana signature, stays as it is, because case means something there.
 *
 * @param network taken from the link where it is one and no network is given
 * @returns `undefined` for something that is no hash, and for a page of what we know to be another network's explorer
 */
export function normaliseHash(text: string, network: string | null = null): string | undefined {
	const link = readExplorerLink(text.trim());
	const given = findNetwork(network);
	if (link?.row !== undefined && network !== null && given !== link.row) return undefined;
	const row = given ?? link?.row;
	const hash = link?.hash ?? text.trim();
	if (!/^[0-9A-Za-z]+$/.test(hash)) return undefined;
	const hex = /^(0x)?([0-9a-f]{64})$/i.exec(hash);
	if (!hex || row?.kind === 'solana') return hash;
	const [, prefix, digits] = hex;
	const isPrefixed = row === undefined ? prefix !== undefined : row.kind === 'evm';
	return (isPrefixed ? '0x' : '') + digits.toLowerCase();
}

const SCHEME = /^(?:https?:\/\/)?(?:www\.)?/i;
/** How explorers name the page of a transaction, and in it a hash of 32 bytes or a signature of Solana. */
const TRANSACTION_PAGE =
	/^[\w.-]+\.[a-z]{2,}\/(?:[^?]*\/)?(?:tx|transactions?)\/((?:0x)?[\da-f]{64}|[1-9a-z]{80,88})(?![^/?#])/i;

/** @returns the hash of an explorer's page, and its network where we know the explorer; `undefined` for what is no link */
function readExplorerLink(text: string): { row: Network | undefined; hash: string } | undefined {
	const page = text.replace(SCHEME, '');
	for (const row of NETWORK_TABLE) {
		const start = row.explorer.replace(SCHEME, '');
		if (page.toLowerCase().startsWith(start)) {
			return { row, hash: page.slice(start.length).split(/[/?#]/, 1)[0] };
		}
	}
	const [, hash] = TRANSACTION_PAGE.exec(page) ?? [];
	return hash === undefined ? undefined : { row: undefined, hash };
}

/**
 * {@link normaliseHash} of what a user typed.
 *
 * @throws InvalidInput for something that is neither a hash nor the page of a transaction
 */
export function requireHash(field: string, given: string, network: string | null = null): string {
	const hash = normaliseHash(given, network);
	if (hash === undefined) {
		throw new InvalidInput(
			field,
			given,
			'must be a transaction hash, or the link to the transaction on the block explorer of its network',
		);
	}
	return hash;
}
