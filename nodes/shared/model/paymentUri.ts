import { InvalidInput } from './invalidInput';
import { Decimal } from './money';
import type { Order } from './order';

/**
 * What a wallet reads from a QR code.
 *
 * - `eip681`, `solanaPay`: a transfer with token, recipient and exact amount, ready to be confirmed
 * - `address`: the recipient alone; the payer enters the amount
 */
export type WalletRequest = { text: string; kind: 'eip681' | 'solanaPay' | 'address' };

type Token = { contract: string; decimals: number };

/** Chain ids as registered for EIP-155. */
const CHAIN_IDS: Readonly<Record<string, number>> = { ethereum: 1, bsc: 56, polygon: 137 };

/**
 * The tokens whose contract is certain. A wrong one would send money that nobody credits, so what is in doubt is left out:
 *
 * - USDC on Polygon: two tokens go by that name there, Circle's own and the bridged one (USDC.e), and PonponPay does not
 *   publish which it takes.
 * - BUSD: no longer issued.
 *
 * Sources: USDC on Ethereum and Solana: Circle, developers.circle.com/stablecoins/usdc-contract-addresses. USDT on
 * Ethereum and Solana: Tether, tether.to/en/supported-protocols. USDT on Polygon: polygonscan.com/token/ with the
 * contract. On BSC both are Binance-Peg tokens, bscscan.com/token/ with the contract; unlike elsewhere they have 18
 * decimals.
 */
const TOKENS: Readonly<Record<string, Readonly<Record<string, Token>>>> = {
	ethereum: {
		USDT: { contract: '0xdAC17F958D2ee523a2206206994597C13D831ec7', decimals: 6 },
		USDC: { contract: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', decimals: 6 },
	},
	bsc: {
		USDT: { contract: '0x55d398326f99059fF775485246999027B3197955', decimals: 18 },
		USDC: { contract: '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d', decimals: 18 },
	},
	polygon: {
		USDT: { contract: '0xc2132D05D31c914a87C6611C10748AEb04B58e8F', decimals: 6 },
	},
	solana: {
		USDT: { contract: 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB', decimals: 6 },
		USDC: { contract: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', decimals: 6 },
	},
};

/**
 * The order as a request to the customer's wallet, with the exact amount where wallets understand one.
 *
 * Ethereum, BSC and Polygon: EIP-681, a call of the token's `transfer` with the amount in its smallest units. Solana:
 * Solana Pay, a transfer request with a decimal amount. Tron: the address alone, because wallets agree on nothing more:
 * TronLink refuses `tron:<address>?amount=…` and `tron:<address>` as no address, and to others that amount is TRX
 * (github.com/btcpayserver-tether/BTCPayServer.Plugins.USDt/pull/46). The same where the token's contract is not certain.
 *
 * @throws InvalidInput where the order has no wallet address or no exact amount yet, as one whose customer has not chosen
 *   how to pay
 */
export function walletRequest(order: Order): WalletRequest {
	const { address, network, currency } = order;
	const amount = Decimal.parse(order.actualAmount ?? undefined);
	if (address === null || network === null || currency === null || amount === undefined) {
		throw new InvalidInput(
			'Order',
			order.tradeId ?? order.merchantOrderId,
			'must have a wallet address and an exact amount, and this one has none until the customer chooses how to pay; take the payment link instead',
		);
	}
	const token = tokenOf(network, currency);
	const units = token && amount.inUnits(token.decimals);
	if (token === undefined || units === undefined) return { text: address, kind: 'address' };
	if (network === 'solana') {
		const text = `solana:${address}?amount=${amount}&spl-token=${token.contract}`;
		return { text, kind: 'solanaPay' };
	}
	const text = `ethereum:${token.contract}@${CHAIN_IDS[network]}/transfer?address=${address}&uint256=${units}`;
	return { text, kind: 'eip681' };
}

function tokenOf(network: string, currency: string): Token | undefined {
	const tokens = Object.hasOwn(TOKENS, network) ? TOKENS[network] : {};
	return Object.hasOwn(tokens, currency) ? tokens[currency] : undefined;
}
