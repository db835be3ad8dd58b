import { InvalidInput } from '../../../shared/model/invalidInput';
import { Decimal } from '../../../shared/model/money';
import type { Order } from '../../../shared/model/order';
import { walletRequest, type WalletRequest } from '../../../shared/model/walletRequest';

/**
 * The order as a request to the customer's wallet.
 *
 * @throws InvalidInput where the order has no wallet address or no exact amount yet, as one whose customer has not chosen
 *   how to pay
 */
export function orderWalletRequest(order: Order): WalletRequest {
	const { address, network, currency } = order;
	const amount = Decimal.parse(order.actualAmount ?? undefined);
	if (address === null || network === null || currency === null || amount === undefined) {
		throw new InvalidInput(
			'Order',
			order.tradeId ?? order.merchantOrderId,
			'must have a wallet address and an exact amount, and this one has none until the customer chooses how to pay; take the payment link instead',
		);
	}
	return walletRequest({ address, network, currency, amount });
}
