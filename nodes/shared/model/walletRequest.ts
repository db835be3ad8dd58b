import type { Decimal } from './money';
import { certainToken, findNetwork } from './network';

/** Money that one wallet is to send to another. */
export type Transfer = {
	network: string;
	currency: string;
	/** The exact amount, in units of the currency. */
	amount: Decimal;
	/** The wallet it goes to. */
	address: string;
};

/**
 * What a wallet reads from a QR code.
 *
 * - `eip681`, `solanaPay`: a transfer with token, recipient and exact amount, ready to be confirmed
 * - `address`: the recipient alone; the payer enters the amount
 */
export type WalletRequest = { text: string; kind: 'eip681' | 'solanaPay' | 'address' };

/**
 * A transfer as a request to the wallet that is to make it, with the exact amount where wallets understand one.
 *
 * EVM networks: EIP-681, a call of the token's `transfer` with the amount in its smallest units. Solana:
 * Solana Pay, a transfer request with a decimal amount. Tron: the address alone, because wallets agree on nothing more:
 * TronLink refuses `tron:<address>?amount=…` and `tron:<address>` as no address, and to others that amount is TRX
 * (github.com/btcpayserver-tether/BTCPayServer.Plugins.USDt/pull/46). The same where the token's contract is not certain.
 */
export function walletRequest({ network, currency, amount, address }: Transfer): WalletRequest {
	const row = findNetwork(network);
	const token = certainToken(network, currency);
	const units = token && amount.inUnits(token.decimals);
	if (row === undefined || token === undefined || units === undefined) {
		return { text: address, kind: 'address' };
	}
	if (row.kind === 'solana') {
		const text = `solana:${address}?amount=${amount}&spl-token=${token.contract}`;
		return { text, kind: 'solanaPay' };
	}
	if (row.chainId === undefined) return { text: address, kind: 'address' };
	const text = `ethereum:${token.contract}@${row.chainId}/transfer?address=${address}&uint256=${units}`;
	return { text, kind: 'eip681' };
}
