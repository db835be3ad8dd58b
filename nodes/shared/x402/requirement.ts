import { InvalidInput } from '../model/invalidInput';
import { Decimal, requireAmount } from '../model/money';
import { findNetwork } from '../model/network';

/** The version of the x402 protocol that is spoken here. */
export const X402_VERSION = 2;

/** USDC has so many decimals on every network that PonponPay settles [P]. */
export const USDC_DECIMALS = 6;

/**
 * The networks on which PonponPay settles, in the order in which they are offered: clients take the first that they can pay
 * on, and a payment costs less on Base than on Ethereum. The contract's spelling of USDC is kept [P]: it may be compared as text.
 */
const USDC = {
	base: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
	arbitrum: '0xaf88d065e77c8cC2239327C5EDb3A432268e5831',
	optimism: '0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85',
	polygon: '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359',
	ethereum: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
} as const;

export type PaywallNetwork = keyof typeof USDC;

/** The networks on which a call can be paid, in the order in which they are offered. */
export const PAYWALL_NETWORKS = Object.keys(USDC) as PaywallNetwork[];

/** How long a buyer's signature is to be valid, in seconds [P]. */
export const MAX_TIMEOUT_SECONDS = 60;

/** What is wanted for a call, as x402 and PonponPay write it (contract, section 7). */
export type PaymentRequirement = {
	readonly scheme: 'exact';
	/** CAIP-2, such as `eip155:8453`. */
	readonly network: string;
	/** In millionths of a USDC. */
	readonly amount: string;
	/** The contract of USDC. */
	readonly asset: string;
	/** The wallet that the money goes to. */
	readonly payTo: string;
	readonly maxTimeoutSeconds: number;
	readonly extra: {
		readonly assetTransferMethod: 'eip3009';
		/** With `version` the domain of the EIP-712 signature. */
		readonly name: string;
		readonly version: string;
	};
};

/**
 * A price in US dollars, which is paid in as many USDC.
 *
 * @throws InvalidInput unless it is above zero with at most six decimals
 */
export function requirePrice(field: string, given: unknown): Decimal {
	const price = requireAmount(field, given);
	if (price.scale <= USDC_DECIMALS) return price;
	throw new InvalidInput(
		field,
		given,
		`must have at most ${USDC_DECIMALS} decimals: there is no smaller part of a USDC`,
	);
}

/** One requirement for each network. */
export function requirementsFor(
	price: Decimal,
	networks: readonly PaywallNetwork[],
	payTo: string,
): PaymentRequirement[] {
	return networks.map((network) => ({
		scheme: 'exact',
		network: chainOf(network),
		amount: String(price.inUnits(USDC_DECIMALS)),
		asset: USDC[network],
		payTo,
		maxTimeoutSeconds: MAX_TIMEOUT_SECONDS,
		extra: { assetTransferMethod: 'eip3009', name: 'USD Coin', version: '2' },
	}));
}

/** A network as CAIP-2 names it. */
export function chainOf(network: PaywallNetwork): string {
	return `eip155:${findNetwork(network)?.chainId}`;
}

/** An amount in millionths of a USDC, as a decimal text. */
export function usdcText(units: string): string {
	return Decimal.parse(`${units}e-${USDC_DECIMALS}`)?.toString() ?? units;
}
