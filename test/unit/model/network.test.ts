import {
	explorerUrl,
	networkName,
	networkTitle,
	NETWORKS,
} from '../../../nodes/shared/model/network';

const HASH = '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060';
const SOLANA_SIGNATURE =
	'5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW';

describe('network', () => {
	it('has one spelling, wherever it came from', () => {
		expect(networkName('Tron')).toBe('tron');
		expect(networkName('BSC')).toBe('bsc');
		expect(networkName('base')).toBe('base');
		expect(networkName('')).toBeNull();
		expect(networkName(undefined)).toBeNull();
		expect(networkName(5)).toBeNull();
	});

	it('is one of the five that PonponPay takes payments on', () => {
		expect([...NETWORKS].sort()).toEqual(['bsc', 'ethereum', 'polygon', 'solana', 'tron']);
	});

	it('is shown to people as they write it', () => {
		expect(NETWORKS.map(networkTitle).sort()).toEqual([
			'BSC',
			'Ethereum',
			'Polygon',
			'Solana',
			'Tron',
		]);
	});
});

describe('block explorer', () => {
	it.each([
		['tron', HASH.slice(2), `https://tronscan.org/#/transaction/${HASH.slice(2)}`],
		['ethereum', HASH, `https://etherscan.io/tx/${HASH}`],
		['bsc', HASH, `https://bscscan.com/tx/${HASH}`],
		['polygon', HASH, `https://polygonscan.com/tx/${HASH}`],
		['solana', SOLANA_SIGNATURE, `https://solscan.io/tx/${SOLANA_SIGNATURE}`],
	])('shows a transaction on %s', (network, hash, url) => {
		expect(explorerUrl(network, hash)).toBe(url);
	});

	it('has no page for an unknown network, nor without a transaction', () => {
		expect(explorerUrl('base', HASH)).toBeNull();
		expect(explorerUrl('constructor', HASH)).toBeNull();
		expect(explorerUrl(null, HASH)).toBeNull();
		expect(explorerUrl('tron', null)).toBeNull();
	});

	it.each([['../../phish'], ['abc?x=1'], ['abc def'], ['<script>'], ['']])(
		'makes no link of %p, which is no hash',
		(hash) => {
			expect(explorerUrl('tron', hash)).toBeNull();
		},
	);
});
