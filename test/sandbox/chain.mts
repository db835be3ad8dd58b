import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58 } from '@scure/base';
import { createHash } from 'node:crypto';

import type { Random } from './random.mts';

/** What the sandbox knows of a blockchain: how its addresses and transaction hashes look, and where its tokens live. */
export interface Chain {
	/** As requests write it. */
	readonly network: string;
	/** As callbacks write it. */
	readonly displayName: string;
	readonly contracts: Readonly<Record<string, string>>;
	/** How many blocks make a payment final; only for show. */
	readonly confirmations: number;
	address(random: Random): string;
	transactionHash(random: Random): string;
	isAddress(text: string): boolean;
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** `undefined` when a character does not belong. */
export function fromBase58(text: string): Buffer | undefined {
	let value = 0n;
	for (const character of text) {
		const digit = BASE58.indexOf(character);
		if (digit === -1) return undefined;
		value = value * 58n + BigInt(digit);
	}
	const hex = value.toString(16);
	const body = value === 0n ? '' : hex.padStart(hex.length + (hex.length % 2), '0');
	const zeros = /^1*/.exec(text)?.[0].length ?? 0;
	return Buffer.concat([Buffer.alloc(zeros), Buffer.from(body, 'hex')]);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function base58check(payload: Buffer): string {
	return base58.encode(Buffer.concat([payload, sha256(sha256(payload)).subarray(0, 4)]));
}

const TRON_PREFIX = 0x41;

function isTronAddress(text: string): boolean {
	const bytes = fromBase58(text);
	if (bytes?.length !== 25 || bytes[0] !== TRON_PREFIX) return false;
	return base58check(bytes.subarray(0, 21)) === text;
}

/** EIP-55: the case of each letter is a bit of the address's own hash. */
export function withEvmChecksum(lowerCaseHex: string): string {
	const hash = Buffer.from(keccak_256(Buffer.from(lowerCaseHex))).toString('hex');
	const digits = [...lowerCaseHex].map((digit, index) =>
		parseInt(hash[index] ?? '0', 16) >= 8 ? digit.toUpperCase() : digit,
	);
	return `0x${digits.join('')}`;
}

function isEvmAddress(text: string): boolean {
	if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return false;
	const digits = text.slice(2);
	const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
	return isOneCase || withEvmChecksum(digits.toLowerCase()) === text;
}

const evm = {
	address: (random: Random) => withEvmChecksum(random.hex(40)),
	transactionHash: (random: Random) => `0x${random.hex(64)}`,
	isAddress: isEvmAddress,
};

/** The contracts are the tokens' well-known ones, so that a block explorer's link leads somewhere. */
export const CHAINS: readonly Chain[] = [
	{
		network: 'tron',
		displayName: 'Tron',
		contracts: { USDT: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' },
		confirmations: 19,
		address: (random) => base58check(Buffer.concat([Buffer.from([TRON_PREFIX]), random.bytes(20)])),
		transactionHash: (random) => random.hex(64),
		isAddress: isTronAddress,
	},
	{
		network: 'ethereum',
		displayName: 'Ethereum',
		contracts: {
			USDT: '0xdAC17F958D2ee523a2206206994597C13D831ec7',
			USDC: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
		},
		confirmations: 12,
		...evm,
	},
	{
		network: 'bsc',
		displayName: 'BSC',
		contracts: {
			USDT: '0x55d398326f99059fF775485246999027B3197955',
			USDC: '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d',
			BUSD: '0xe9e7CEA3DedcA5984780Bafc599bD69ADd087D56',
		},
		confirmations: 15,
		...evm,
	},
	{
		network: 'polygon',
		displayName: 'Polygon',
		contracts: {
			USDT: '0xc2132D05D31c914a87C6611C10748AEb04B58e8F',
			USDC: '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359',
		},
		confirmations: 64,
		...evm,
	},
	{
		network: 'solana',
		displayName: 'Solana',
		contracts: {
			USDT: 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB',
			USDC: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
		},
		confirmations: 32,
		address: (random) => base58.encode(random.bytes(32)),
		transactionHash: (random) => base58.encode(random.bytes(64)),
		isAddress: (text) => fromBase58(text)?.length === 32,
	},
];

/** The chain of that name in any case. */
export function findChain(network: string): Chain | undefined {
	return CHAINS.find((chain) => chain.network === network.toLowerCase());
}
