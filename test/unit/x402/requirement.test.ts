import { findToken } from '../../../nodes/shared/model/network';
import { Decimal } from '../../../nodes/shared/model/money';
import { paymentPage } from '../../../nodes/shared/x402/paymentPage';
import { paymentRequired } from '../../../nodes/shared/x402/paymentRequired';
import {
	PAYWALL_NETWORKS,
	chainOf,
	requirePrice,
	requirementsFor,
	usdcText,
} from '../../../nodes/shared/x402/requirement';

const WALLET = '0x52908400098527886E0F7030069857D2E4169EE7';

describe('What is asked for', () => {
	it('is as the contract has it', () => {
		const [base] = requirementsFor(requirePrice('Price', '0.01'), ['base'], WALLET);
		expect(base).toEqual({
			scheme: 'exact',
			network: 'eip155:8453',
			amount: '10000',
			asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
			payTo: WALLET,
			maxTimeoutSeconds: 60,
			extra: { assetTransferMethod: 'eip3009', name: 'USD Coin', version: '2' },
		});
	});

	it('is asked for on the networks of the contract, in USDC as the networks have it', () => {
		const asked = requirementsFor(requirePrice('Price', 1), PAYWALL_NETWORKS, WALLET);
		expect(Object.fromEntries(asked.map(({ network, asset }) => [network, asset]))).toEqual({
			'eip155:8453': '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
			'eip155:1': '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
			'eip155:137': '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359',
			'eip155:42161': '0xaf88d065e77c8cC2239327C5EDb3A432268e5831',
			'eip155:10': '0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85',
		});
		for (const network of PAYWALL_NETWORKS) {
			const { asset } = asked.find((one) => one.network === chainOf(network))!;
			expect(findToken(network, 'USDC')?.contract.toLowerCase()).toBe(asset.toLowerCase());
			expect(findToken(network, 'USDC')?.decimals).toBe(6);
		}
	});

	it.each([
		['0.000001', '1'],
		['1', '1000000'],
		[0.07, '70000'],
		['1.10', '1100000'],
		['123456789.123456', '123456789123456'],
	])('is exact: %s USD are %s millionths', (price, amount) => {
		const [asked] = requirementsFor(requirePrice('Price', price), ['base'], WALLET);
		expect(asked.amount).toBe(amount);
		expect(usdcText(amount)).toBe(Decimal.parse(price)?.toString());
	});

	it.each(['0', '-1', '', 'free', '0.0000001', '1,5', '1e-7', null, NaN])(
		'is no price of %p',
		(price) => {
			expect(() => requirePrice('Price', price)).toThrow(/^Price must /);
		},
	);
});

describe('The page for people', () => {
	const asked = paymentRequired(
		{
			url: 'https://shop.example/webhook/a?b=1&c',
			description: '<b>Best</b> & "only"',
			mimeType: 'text/plain',
		},
		requirementsFor(requirePrice('Price', '0.05'), ['base', 'polygon'], WALLET),
		'this call must be paid',
	);

	it('says what a call costs, where it is paid, and how', () => {
		const page = paymentPage(asked);
		expect(page).toContain('A call costs 0.05 USDC');
		expect(page).toContain('Base, Polygon');
		expect(page).toContain(WALLET);
		expect(page).toContain('PAYMENT-SIGNATURE');
	});

	it('holds nothing that a browser would run', () => {
		const page = paymentPage(asked);
		expect(page).not.toContain('<b>Best');
		expect(page).toContain('&#60;b&#62;Best&#60;/b&#62; &#38; &#34;only&#34;');
		expect(page).not.toMatch(/<script/i);
	});
});
