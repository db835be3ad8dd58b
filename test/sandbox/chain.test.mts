import { CHAINS, findChain, fromBase58, withEvmChecksum } from './chain.mts';
import { Random } from './random.mts';

/** From EIP-55 itself, and well-known contracts of the other two families. */
const GENUINE: ReadonlyArray<[network: string, address: string]> = [
	['ethereum', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
	['bsc', '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'],
	['polygon', '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb'],
	['tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
	['solana', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'],
];

const chain = (network: string) => {
	const found = findChain(network);
	if (!found) throw new Error(`no chain ${network}`);
	return found;
};

test.each(GENUINE)(
	'knows a genuine address on %s, and one with a wrong character',
	(network, address) => {
		expect(chain(network).isAddress(address)).toBe(true);
		expect(chain(network).isAddress(swapCaseAt(address, 3) + '1')).toBe(false);
		if (network !== 'solana') expect(chain(network).isAddress(swapCaseAt(address, 5))).toBe(false);
	},
);

test.each(CHAINS)(
	'makes addresses on $network that its own check accepts',
	({ address, isAddress }) => {
		const random = new Random('addresses');
		for (let count = 0; count < 200; count++) expect(isAddress(address(random))).toBe(true);
	},
);

test.each(CHAINS)(
	'lists contracts on $network that are valid addresses',
	({ contracts, isAddress }) => {
		expect(Object.values(contracts).filter((contract) => !isAddress(contract))).toEqual([]);
	},
);

test('gives EVM addresses the checksum of EIP-55', () => {
	expect(withEvmChecksum('dbf03b407c01e7cd3cbea99509d93f8dddc8c6fb')).toBe(
		'0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
	);
});

test('reads back leading zeros in base 58', () => {
	expect(fromBase58('11z')?.toString('hex')).toBe('000039');
});

function swapCaseAt(text: string, index: number): string {
	const from = [...text].findIndex((letter, at) => at >= index && /[a-zA-Z]/.test(letter));
	const letter = text[from] ?? '';
	const swapped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
	return text.slice(0, from) + swapped + text.slice(from + 1);
}
