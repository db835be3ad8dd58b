import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58 } from '@scure/base';
import { createHash } from 'crypto';

import { requireKnownId } from './identifiers';
import { InvalidInput } from './invalidInput';
import { findNetwork, NETWORK_TABLE, type AddressKind } from './network';

type AddressCheck = {
	isAddress(text: string): boolean;
	rule: string;
	/** Whether nobody has the key of an address that is one. */
	isBurn(address: string): boolean;
};

/** Zero, the numbers of Ethereum's built-in contracts (EIP-1352) with `0xdead`, and forty times the same digit. */
const isBurnAccount = (hex: string) => /^(0{36}[\da-f]{4}|([\da-f])\2{39})$/i.test(hex);

/** Tron's own account for what is burnt. */
const TRON_BLACK_HOLE = 'TLsV52sRDL79HXGGm9yzwKibb6BeruhUzy';

/** The system program, the incinerator and all others that Solana has built in end so; no key comes to that by chance. */
const SOLANA_PROGRAM = /1{12}$/;

/** The programs that move tokens, which explorers show beside each transfer. */
const SOLANA_TOKEN_PROGRAMS: ReadonlySet<string> = new Set([
	'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
	'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
	'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
	// The mint of wrapped SOL.
	'So11111111111111111111111111111111111111112',
]);

const CHECKS: Readonly<Record<AddressKind, AddressCheck>> = {
	evm: {
		isAddress: isEvmAddress,
		rule: 'must be an address of this network: 0x and 40 characters from 0-9 and a-f, and where capitals are mixed in, exactly as the wallet shows it',
		isBurn: (address) => isBurnAccount(address.slice(2)),
	},
	tron: {
		isAddress: isTronAddress,
		rule: 'must be a Tron address: 34 characters that begin with T, exactly as the wallet shows it',
		isBurn: (address) =>
			address === TRON_BLACK_HOLE ||
			isBurnAccount(Buffer.from(base58.decode(address).subarray(1, 21)).toString('hex')),
	},
	solana: {
		isAddress: isSolanaAddress,
		rule: 'must be a Solana address: 32 to 44 letters and digits, exactly as the wallet shows it',
		isBurn: (address) => SOLANA_PROGRAM.test(address) || SOLANA_TOKEN_PROGRAMS.has(address),
	},
};

/** Whether this package can tell a mistyped address on this network; where not, a person has to confirm it. */
export function canCheckAddress(network: string | null): boolean {
	return findNetwork(network) !== undefined;
}

/**
 * A wallet address that money will be sent to, checked for its network: money sent to a mistyped address is lost.
 *
 * Tron: base58check. EVM networks: the EIP-55 checksum where upper and lower case are mixed. Solana: base58 of 32 bytes.
 * The address of a network this package does not know is passed on for PonponPay to check ({@link canCheckAddress}), unless
 * it has the form of Ethereum's.
 *
 * @param network under any of its names
 * @param receivingWallet the order's own wallet, which a refund must not go back to
 * @throws InvalidInput for an address that cannot exist on the network, or that money must not be sent to
 */
export function requireAddress(
	field: string,
	given: string,
	network: string | null,
	receivingWallet: string | null = null,
): string {
	const address = given.trim();
	const kind = findNetwork(network)?.kind ?? kindByForm(address);
	const label = network === null ? field : `${field} (network ${network})`;
	const refuse = (rule: string) => new InvalidInput(label, given, rule);
	const isSame = (other: string) =>
		kind === 'evm' ? other.toLowerCase() === address.toLowerCase() : other === address;
	requireKnownId(label, address);
	if (kind !== undefined) {
		const { isAddress, rule, isBurn } = CHECKS[kind];
		if (!isAddress(address)) throw refuse(rule);
		if (isBurn(address)) {
			throw refuse('must be a wallet, and what is sent to this address is lost to everybody');
		}
		// A contract of a network beside it is as easily pasted, and nobody has the key of that address either.
		const relatives = NETWORK_TABLE.filter((row) => row.kind === kind);
		const token = relatives
			.flatMap(({ tokens }) => Object.entries(tokens))
			.find(([, { contract }]) => isSame(contract));
		if (token) {
			throw refuse(`must be a wallet, and this is the contract of ${token[0]} itself`);
		}
	}
	if (receivingWallet !== null && isSame(receivingWallet.trim())) {
		throw refuse("must be the customer's wallet, and this is the wallet the order was paid to");
	}
	return address;
}

/** Most networks that are not in the table are of Ethereum's family. */
function kindByForm(address: string): AddressKind | undefined {
	return /^0x[\da-f]{40}$/i.test(address) ? 'evm' : undefined;
}

function isTronAddress(text: string): boolean {
	const bytes = decodeBase58(text);
	if (bytes?.length !== 25 || bytes[0] !== 0x41) return false;
	const sum = sha256(sha256(bytes.subarray(0, 21))).subarray(0, 4);
	return sum.equals(bytes.subarray(21));
}

function isSolanaAddress(text: string): boolean {
	return decodeBase58(text)?.length === 32;
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

function sha256(bytes: Uint8Array): Buffer {
	return createHash('sha256').update(bytes).digest();
}

/** No address is longer, and decoding takes a time that grows with the square of the length. */
const LONGEST_BASE58 = 44;

/** @returns `undefined` for characters that are not base58 */
function decodeBase58(text: string): Uint8Array | undefined {
	if (text.length > LONGEST_BASE58) return undefined;
	try {
		return base58.decode(text);
	} catch {
		return undefined;
	}
}
