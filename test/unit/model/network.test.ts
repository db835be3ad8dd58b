import type { INodeProperties } from 'n8n-workflow';

import { canCheckAddress } from '../../../nodes/shared/model/address';
import {
	explorerUrl,
	networkName,
	networkTitle,
	NETWORK_OPTIONS,
	NETWORK_TABLE,
	NETWORKS,
	normaliseHash,
} from '../../../nodes/shared/model/network';
import { toOrder } from '../../../nodes/shared/model/order';
import { orderWalletRequest } from '../../../nodes/PonponPay/actions/order/paymentUri';
import { onlyForField } from '../../../nodes/shared/trigger/eventFields';

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

	it('is known under every name people use', () => {
		for (const { name, title, aliases } of NETWORK_TABLE) {
			const mainnet = [`${name} mainnet`, `${name}-Mainnet`, `${name}_mainnet`];
			for (const alias of [name, title, ...aliases, ...mainnet]) {
				expect(networkName(` ${alias.toUpperCase()} `)).toBe(name);
			}
		}
		expect(networkName('TRC-20')).toBe('tron');
		expect(networkName('eip155:8453')).toBe('base');
		expect(networkName('TON')).toBe('ton');
		expect(networkName(' ')).toBeNull();
	});

	it('has names that no other network has', () => {
		const names = NETWORK_TABLE.flatMap(({ name, aliases }) => [name, ...aliases]);
		expect(new Set(names).size).toBe(names.length);
	});

	it('is shown by the name people know', () => {
		expect(networkTitle('bsc')).toBe('BSC (BEP-20)');
		expect(networkTitle('ton')).toBe('Ton');
	});
});

describe.each(NETWORK_TABLE)('the row of $name', (row) => {
	it('reaches drop-downs, filters, links and payment requests', () => {
		expect(NETWORKS).toContain(row.name);
		expect(NETWORK_OPTIONS).toContainEqual({ name: row.title, value: row.name });
		const networks = (onlyForField.describe('onlyFor')[0].options as INodeProperties[]).find(
			({ name }) => name === 'networks',
		);
		expect(networks?.options).toEqual(NETWORK_OPTIONS);
		expect(explorerUrl(row.name, SOLANA_SIGNATURE)).toBe(row.explorer + SOLANA_SIGNATURE);
		expect(canCheckAddress(row.name)).toBe(true);
		const kinds = { evm: 'eip681', tron: 'address', solana: 'solanaPay' };
		for (const currency of Object.keys(row.tokens)) {
			const order = toOrder({
				trade_id: 'P1',
				actual_amount: 1,
				address: 'A',
				network: row.name,
				currency,
			});
			const isCertain = row.tokens[currency].hasBridgedTwin !== true;
			expect(orderWalletRequest(order).kind).toBe(isCertain ? kinds[row.kind] : 'address');
		}
	});
});

describe('a transaction hash', () => {
	const bare = HASH.slice(2);

	it('has one spelling, also from the link to its page', () => {
		expect(normaliseHash(bare.toUpperCase(), 'eth')).toBe(HASH);
		expect(normaliseHash(HASH, 'tron')).toBe(bare);
		expect(normaliseHash(`0X${bare}`)).toBe(HASH);
		expect(normaliseHash(`https://www.etherscan.io/tx/${bare}?a=1#b`)).toBe(HASH);
		expect(normaliseHash(`https://tronscan.org/#/transaction/${bare}`)).toBe(bare);
		expect(normaliseHash(`tronscan.org/#/transaction/${bare}`)).toBe(bare);
		expect(normaliseHash(`https://tronscan.io/#/transaction/${bare}`, 'tron')).toBe(bare);
		expect(normaliseHash(`https://www.oklink.com/en/eth/tx/${bare}`, 'eth')).toBe(HASH);
		expect(normaliseHash(`https://base.blockscout.com/tx/${HASH}?tab=logs`)).toBe(HASH);
		expect(normaliseHash(`https://explorer.solana.com/tx/${SOLANA_SIGNATURE}?cluster=x`)).toBe(
			SOLANA_SIGNATURE,
		);
		expect(normaliseHash(` ${SOLANA_SIGNATURE} `, 'sol')).toBe(SOLANA_SIGNATURE);
		expect(explorerUrl('bep20', bare)).toBe(`https://bscscan.com/tx/${HASH}`);
	});

	it.each([
		['', null],
		['https://example.com/tx/1', null],
		[`https://example.com/address/${HASH}`, null],
		[`https://example.com/?next=/tx/${HASH}`, null],
		[`https://example.com/tx/${HASH}00`, null],
		[`https://etherscan.io/tx/${HASH}`, 'bsc'],
	])('is not %p on %p', (text, network) => {
		expect(normaliseHash(text, network)).toBeUndefined();
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
		expect(explorerUrl('ton', HASH)).toBeNull();
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
