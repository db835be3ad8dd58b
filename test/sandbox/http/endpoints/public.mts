import { CODE, Refusal } from '../../refusal.mts';
import { formatAmount, type Amount } from '../../money.mts';
import { findChain } from '../../chain.mts';
import { PAYMENT_METHODS } from '../../state/methods.mts';
import type { Method, Order } from '../../state/orders.mts';
import { confirmations } from '../../state/transactions.mts';
import { createdOrder } from '../../views.mts';
import type { WireObject, WireValue } from '../../wire.mts';
import type { World } from '../../world.mts';
import { refuse, type Input } from '../input.mts';

/** One request without a key, about one order. */
export interface PublicCall {
	readonly world: World;
	readonly order: Order;
	readonly input: Input;
}

export interface PublicEndpoint {
	readonly method: 'GET' | 'POST';
	/** @throws Refusal for an envelope that says no */
	answer(call: PublicCall): WireValue;
}

/** What a customer's browser and wallet ask: by the trade ID alone, without a key. By their path after the prefix. */
export const PUBLIC_ENDPOINTS: Readonly<Record<string, PublicEndpoint>> = {
	'/public/checkout-counter': {
		method: 'GET',
		answer: ({ world, order }) => ({
			...counterOf(order, world.pageUrl),
			display_amount: displayAmount(order),
			merchant_name: order.account.merchant.name,
			merchant_avatar: '',
		}),
	},
	'/public/order/payment-methods': {
		method: 'GET',
		answer: () => ({ methods: PAYMENT_METHODS.map((method) => ({ ...method })) }),
	},
	'/public/order/select-payment-method': {
		method: 'POST',
		answer: ({ world, order, input }) => {
			const network = input.requiredText('network');
			world.orders.selectMethod(order, input.requiredText('currency'), network);
			return { trade_id: order.tradeId };
		},
	},
	'/public/check-status': {
		method: 'POST',
		answer: ({ world, order }) => {
			const payment = world.transactions
				.all()
				.find((transaction) => transaction.order === order && transaction.refund === undefined);
			return {
				status: order.status,
				confirmations: payment === undefined ? 0 : confirmations(payment),
				required_confirmations: chainOf(order)?.confirmations ?? 0,
			};
		},
	},
	'/public/order/wallet-payment/prepare': {
		method: 'POST',
		answer: ({ order }) => walletPayment(order),
	},
};

/** The member names of the checkout counter that an order has. */
function counterOf(order: Order, pageUrl: string): WireObject {
	const { trade_id, currency, network, amount, actual_amount, address, expiration_time } =
		createdOrder(order, pageUrl);
	const { mchOrderId: mch_order_id, status } = order;
	return {
		trade_id,
		mch_order_id,
		currency,
		network,
		amount,
		actual_amount,
		address,
		status,
		expiration_time,
	};
}

function displayAmount({ amount, method }: Order): string {
	return method ? formatAmount(method.actualAmount, 4) : formatAmount(amount);
}

function chainOf({ method }: Order) {
	return method && findChain(method.network);
}

/** The networks whose wallets a browser can ask to pay, and with how many decimals their stablecoins count. */
const WALLETS: Readonly<Record<string, { chainId: number; decimals: number }>> = {
	ethereum: { chainId: 1, decimals: 6 },
	bsc: { chainId: 56, decimals: 18 },
	polygon: { chainId: 137, decimals: 6 },
};

function walletPayment({ method }: Order): WireObject {
	if (!method) throw new Refusal(CODE.orderState, 'order has no payment method yet');
	const wallet = WALLETS[method.network];
	if (!wallet || !/^USD[TC]$/.test(method.currency)) {
		throw refuse('trade_id', 'must be of an order in USDT or USDC on an EVM network');
	}
	return {
		network: method.network,
		chain_id: `eip155:${wallet.chainId}`,
		asset_type: 'token',
		token_contract: tokenOf(method),
		currency: method.currency,
		recipient: method.address,
		display_amount: formatAmount(method.actualAmount, 4),
		amount_base_units: baseUnits(method.actualAmount, wallet.decimals),
	};
}

function tokenOf({ currency, network }: Method): string {
	return findChain(network)?.contracts[currency] ?? '';
}

/** Amounts are whole numbers of 10^-18. */
function baseUnits(amount: Amount, decimals: number): string {
	return (amount / 10n ** BigInt(18 - decimals)).toString();
}
