import { keccak_256 } from '@noble/hashes/sha3.js';
import { createHash } from 'crypto';

import { InvalidInput } from './invalidInput';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

type AddressCheck = { isAddress(text: string): boolean; rule: string };

const EVM: AddressCheck = {
	isAddress: isEvmAddress,
	rule: 'must be an address of this network: 0x and 40 characters from 0-9 and a-f, and where capitals are mixed in, exactly as the wallet shows it',
};

const CHECKS: ReadonlyMap<string, AddressCheck> = new Map([
	['ethereum', EVM],
	['bsc', EVM],
	['polygon', EVM],
	[
		'tron',
		{
			isAddress: isTronAddress,
			rule: 'must be a Tron address: 34 characters that begin with T, exactly as the wallet shows it',
		},
	],
	[
		'solana',
		{
			isAddress: isSolanaAddress,
			rule: 'must be a Solana address: 32 to 44 letters and digits, exactly as the wallet shows it',
		},
	],
]);

/**
 * A wallet address that money will be sent to, checked for its network: money sent to a mistyped address is lost.
 *
 * Tron: base58check. Ethereum, BSC, Polygon: the EIP-55 checksum where upper and lower case are mixed. Solana: base58 of
 * 32 bytes. The address of a network this package does not know is passed on for PonponPay to check.
 *
 * @throws InvalidInput for an address that cannot exist on the network
 */
export function requireAddress(field: string, given: string, network: string | null): string {
	const address = given.trim();
	const check = CHECKS.get(network ?? '');
	if (check !== undefined && !check.isAddress(address)) {
		throw new InvalidInput(`${field} (network ${network})`, given, check.rule);
	}
	return address;
}

function isTronAddress(text: string): boolean {
	const bytes = decodeBase58(text, 25);
	if (bytes?.length !== 25 || bytes[0] !== 0x41) return false;
	const sum = sha256(sha256(bytes.subarray(0, 21))).subarray(0, 4);
	return sum.equals(bytes.subarray(21));
}

function isSolanaAddress(text: string): boolean {
	return decodeBase58(text, 32)?.length === 32;
}

function isEvmAddress(text: string): boolean {
	const match = /^0x([0-9a-fA-F]{40})$/.exec(text);
	if (!match) return false;
	const [, digits] = match;
	if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return true;
	const hash = Buffer.from(keccak_256(Buffer.from(digits.toLowerCase()))).toString('hex');
	return [...digits].every((digit, index) => {
		const wanted = parseInt(hash[index], 16) >= 8 ? digit.toUpperCase() : digit.toLowerCase();
		return digit === wanted;
	});
}

function sha256(bytes: Buffer): Buffer {
	return createHash('sha256').update(bytes).digest();
}

/** @returns `undefined` for characters that are not base58, or a value that takes more than `mostBytes` */
function decodeBase58(text: string, mostBytes: number): Buffer | undefined {
	if (text === '' || text.length > mostBytes * 2) return undefined;
	let value = 0n;
	for (const character of text) {
		const digit = BASE58.indexOf(character);
		if (digit < 0) return undefined;
		value = value * 58n + BigInt(digit);
	}
	const zeros = text.length - text.replace(/^1+/, '').length;
	const hex = value === 0n ? '' : value.toString(16);
	const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
	const decoded = Buffer.concat([Buffer.alloc(zeros), bytes]);
	return decoded.length > mostBytes ? undefined : decoded;
}
