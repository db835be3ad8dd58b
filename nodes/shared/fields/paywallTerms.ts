import { networkTitle } from '../model/network';
import { PAYWALL_NETWORKS, requirementsFor, type PaymentRequirement } from '../x402/requirement';
import { choice, choices } from './choices';
import type { Values } from './field';
import { usdPrice } from './numbers';
import { address } from './texts';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;

/** What a call costs, and where its money goes. */
export const paywallTerms = {
	price: usdPrice({
		displayName: 'Price (USD)',
		placeholder: '0.01',
		description: 'What one call costs, in US dollars with at most six decimals; it is paid in USDC',
	}),
	networks: choices(
		{
			displayName: 'Networks',
			description: 'The networks on which buyers can pay; most have their USDC on Base',
		},
		PAYWALL_NETWORKS.map((network) => ({ name: networkTitle(network), value: network })),
		['base'],
	),
	wallet: address({
		displayName: 'Wallet',
		placeholder: '0x52908400098527886E0F7030069857D2E4169EE7',
		description:
			'Your wallet that the money goes to, the same as at PonponPay; one for all the networks',
	}),
};

/** How the address of what is sold is called. */
export const callMethod = choice(
	{ displayName: 'HTTP Method', description: 'How the address is to be called' },
	METHODS.map((value) => ({ name: value, value })),
	'GET',
);

/**
 * What is asked for by these terms.
 *
 * @throws InvalidInput for a wallet that cannot be one
 */
export function requirementsOf({
	price,
	networks,
	wallet,
}: Values<typeof paywallTerms>): PaymentRequirement[] {
	const [payTo] = networks.map((network) => wallet.on(network, null));
	return requirementsFor(price, [...new Set(networks)], payTo);
}
