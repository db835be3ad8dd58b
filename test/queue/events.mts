const STATUS = { 'order.paid': 2, 'order.expired': 3 };

/** A callback about an order, as PonponPay writes it. */
export function event(type: keyof typeof STATUS, tradeId: string): object {
	const isPaid = type === 'order.paid';
	return {
		order_no: `N-${tradeId}`,
		trade_id: tradeId,
		status: STATUS[type],
		event_id: `evt-${type}-${tradeId}`,
		...(isPaid && { hash: 'ab'.repeat(32) }),
	};
}
