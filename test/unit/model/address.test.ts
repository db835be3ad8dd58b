import { canCheckAddress, requireAddress } from '../../../nodes/shared/model/address';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';
import { NETWORK_TABLE } from '../../../nodes/shared/model/network';

const TRON = 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8';
const SOLANA = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGkZwyTDt1v';
/** The examples of EIP-55. */
const EIP_55 = [
	'0x52908400098527886E0F7030069857D2E4169EE7',
	'0x8617E340B3D01FA5F11F306F4090FD50E238070D',
	'0xde709f2102306220921060314715629080e2fb77',
	'0x27b1fdb04752bbc536007a920d24acb045561c26',
	'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
	'0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
	'0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
	'0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
];

const accepts = (address: string, network: string | null) => {
	try {
		return requireAddress('Address', address, network) === address.trim();
	} catch (refusal) {
		expect(refusal).toBeInstanceOf(InvalidInput);
		return false;
	}
};

/** The same address with one character changed, at every place and to some others of its kind. */
function mistyped(address: string, alphabet: string, from: number): string[] {
	return [...address].flatMap((character, index) =>
		index < from
			? []
			: [...alphabet]
					.filter((other) => other !== character)
					.map((other) => address.slice(0, index) + other + address.slice(index + 1)),
	);
}

const swapCase = (text: string) =>
	text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();

describe('an address on Tron', () => {
	it.each([[TRON], [` ${TRON}\n`]])('may be %p', (address) => {
		expect(accepts(address, 'tron')).toBe(true);
	});

	it('may have no mistyped character anywhere', () => {
		const wrong = mistyped(TRON, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', 0);
		expect(wrong.length).toBe(34 * 57);
		expect(wrong.filter((address) => accepts(address, 'tron'))).toEqual([]);
	});

	it.each([
		[''],
		[TRON.slice(1)],
		[TRON.slice(0, -1)],
		[`${TRON}t`],
		[`1${TRON}`],
		[TRON.toLowerCase()],
		[TRON.replace('J', '0')],
		['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
		['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
		['T'.repeat(10_000)],
	])('may not be %p', (address) => {
		expect(accepts(address, 'tron')).toBe(false);
	});
});

describe.each(NETWORK_TABLE.filter(({ kind }) => kind === 'evm').map(({ name }) => name))(
	'an address on %s',
	(network) => {
		it.each(EIP_55)('may be %s, mixed or in one case', (address) => {
			expect(accepts(address, network)).toBe(true);
			expect(accepts(address.toLowerCase(), network)).toBe(true);
			expect(accepts(`0x${address.slice(2).toUpperCase()}`, network)).toBe(true);
		});

		it('may have no letter of the wrong case where cases are mixed', () => {
			const address = EIP_55[4];
			const wrong = [...address]
				.map((character, index) => [character, index] as const)
				.filter(([character, index]) => index >= 2 && /[a-f]/i.test(character))
				.map(
					([character, index]) =>
						address.slice(0, index) + swapCase(character) + address.slice(index + 1),
				);
			expect(wrong.length).toBeGreaterThan(10);
			expect(wrong.filter((text) => accepts(text, network))).toEqual([]);
		});

		it.each([
			[''],
			['0x'],
			[EIP_55[4].slice(2)],
			[EIP_55[4].slice(0, -1)],
			[`${EIP_55[4]}0`],
			[EIP_55[4].replace('0x', '0X')],
			[EIP_55[4].replace('A', 'G')],
			[TRON],
		])('may not be %p', (address) => {
			expect(accepts(address, network)).toBe(false);
		});
	},
);

describe('an address on Solana', () => {
	it.each([[SOLANA], ['Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYC']])('may be %s', (address) => {
		expect(accepts(address, 'solana')).toBe(true);
	});

	it.each([
		[''],
		[SOLANA.slice(0, -1)],
		[`${SOLANA}11`],
		['1'.repeat(31)],
		['1'.repeat(33)],
		['z'.repeat(44)],
		[SOLANA.replace('S', '0')],
		[SOLANA.replace('S', 'l')],
		[TRON],
		[EIP_55[4]],
		['1'.repeat(10_000)],
	])('may not be %p', (address) => {
		expect(accepts(address, 'solana')).toBe(false);
	});
});

describe('an address', () => {
	it('on a network nobody knows yet is for PonponPay to check', () => {
		expect(requireAddress('Address', ' abc ', 'ton')).toBe('abc');
		expect(requireAddress('Address', 'abc', null)).toBe('abc');
		expect(requireAddress('Address', 'abc', 'constructor')).toBe('abc');
	});

	it('that cannot exist is refused with field, network, rule and value', () => {
		expect(() => requireAddress('Address', 'abc', 'tron')).toThrow(
			'Address (network tron) must be a Tron address: 34 characters that begin with T, exactly as the wallet shows it. It is "abc".',
		);
		expect(() => requireAddress('Address', 'abc', 'bsc')).toThrow(/0x and 40 characters/);
		expect(() => requireAddress('Address', 'abc', 'solana')).toThrow(/32 to 44/);
	});
});

describe('an address money must not be sent to', () => {
	it.each([
		['tron', 'T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb'],
		['eth', `0x${'0'.repeat(40)}`],
		['base', '0x000000000000000000000000000000000000dead'],
		['solana', '1'.repeat(32)],
		['sol', '1nc1nerator11111111111111111111111111111111'],
		['tron', 'TLsV52sRDL79HXGGm9yzwKibb6BeruhUzy'],
		['bsc', `0x${'0'.repeat(39)}1`],
		['bsc', `0x${'F'.repeat(40)}`],
		['ethereum', `0x${'e'.repeat(40)}`],
		['solana', 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'],
		['solana', 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb'],
		['solana', 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL'],
		['solana', 'So11111111111111111111111111111111111111112'],
		['solana', 'Vote111111111111111111111111111111111111111'],
		['solana', 'SysvarC1ock11111111111111111111111111111111'],
	])('on %s is %s, which burns it', (network, address) => {
		expect(() => requireAddress('Address', address, network)).toThrow(/lost to everybody/);
	});

	it.each(
		NETWORK_TABLE.flatMap(({ name, tokens }) =>
			Object.entries(tokens).map(([currency, { contract }]) => [name, currency, contract]),
		),
	)('on %s is the contract of %s', (network, currency, contract) => {
		// Reaching this sentence also proves the contract's own checksum.
		expect(() => requireAddress('Address', contract, network)).toThrow(
			`this is the contract of ${currency} itself`,
		);
	});

	it.each([
		['bsc', 'USDT on Ethereum', '0xdAC17F958D2ee523a2206206994597C13D831ec7'],
		['polygon', 'USDC on Base', '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913'],
	])('on %s is the contract of %s', (network, _token, contract) => {
		expect(() => requireAddress('Address', contract, network)).toThrow(/this is the contract of/);
	});

	it.each([
		['burns it', `0x${'0'.repeat(36)}dEaD`, /lost to everybody/],
		['is a contract', '0xdac17f958d2ee523a2206206994597c13d831ec7', /contract of USDT/],
		['is mistyped', EIP_55[4].replace('Ae', 'aE'), /0x and 40 characters/],
		['holds what nobody sees', 'abc\u200bd', /invisible/],
	])('is looked at on an unknown network, too: it %s', (_what, address, words) => {
		expect(() => requireAddress('Address', address, 'avalanche')).toThrow(words);
	});

	it('is the wallet the order was paid to, in any case', () => {
		const paid = EIP_55[4].toLowerCase();
		expect(() => requireAddress('Address', EIP_55[4], 'bep20', paid)).toThrow(/was paid to/);
		expect(() => requireAddress('Address', 'abc', 'ton', 'abc')).toThrow(/was paid to/);
		expect(() => requireAddress('Address', EIP_55[4], 'avalanche', paid)).toThrow(/was paid to/);
		expect(requireAddress('Address', EIP_55[5], 'bsc', paid)).toBe(EIP_55[5]);
	});
});

it('tells where an address cannot be checked', () => {
	expect(canCheckAddress('TRC-20')).toBe(true);
	expect(canCheckAddress('ton')).toBe(false);
	expect(canCheckAddress(null)).toBe(false);
});
