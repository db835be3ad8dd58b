import { InvalidInput } from '../../../shared/model/invalidInput';
import { Decimal } from '../../../shared/model/money';
import { findNetwork, findToken } from '../../../shared/model/network';
import type { Order } from '../../../shared/model/order';

/**
 * What a wallet reads from a QR code.
 *
 * - `eip681`, `solanaPay`: a transfer with token, recipient and exact amount, ready to be confirmed
 * - `address`: the recipient alone; the payer enters the amount
 */
export type WalletRequest = { text: string; kind: 'eip681' | 'solanaPay' | 'address' };

/**
 * The order as a request to the customer's wallet, with the exact amount where wallets understand one.
 *
 * EVM networks: EIP-681, a call of the token's `transfer` with the amount in its smallest units. Solana:
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
	const row = findNetwork(network);
	const token = findToken(network, currency);
	const units = token && amount.inUnits(token.decimals);
	const isCertain = token !== undefined && token.hasBridgedTwin !== true;
	if (row === undefined || !isCertain || units === undefined) {
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
