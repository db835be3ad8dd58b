import type { SandboxSettings } from './settings.mts';
import type { Order } from './state/orders.mts';
import { statusWord } from './state/status.mts';
import { money, type WireObject } from './wire.mts';

/** Where a customer pays an order. */
export function paymentUrl(order: Order, pageUrl: string): string {
	return `${pageUrl}/pay/${order.tradeId}`;
}

/** The answer of `/order/add`. */
export function createdOrder(order: Order, pageUrl: string): WireObject {
	const { method } = order;
	return {
		trade_id: order.tradeId,
		currency: method?.currency ?? '',
		network: method?.network ?? '',
		amount: money(order.amount),
		actual_amount: method ? money(method.actualAmount, 4) : money(order.amount),
		address: method?.address ?? '',
		expiration_time: order.expiresAt,
		payment_url: paymentUrl(order, pageUrl),
	};
}

/** The answer of `/order/detail`, `/order/cancel` and the elements of `/order/list`. The two times at the end are guessed. */
export function orderDetail(order: Order, settings: SandboxSettings, pageUrl: string): WireObject {
	return {
		...createdOrder(order, pageUrl),
		mch_order_id: order.mchOrderId,
		status: settings.statusAs === 'word' ? statusWord(order.status) : order.status,
		tx_hash: order.payment?.hash ?? '',
		redirect_url: order.redirectUrl,
		created_at: order.createdAt,
		updated_at: order.updatedAt,
	};
}
