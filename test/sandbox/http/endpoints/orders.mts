import type { OrderReference, OrderRequest } from '../../state/orders.mts';
import { isPaid } from '../../state/status.mts';
import { createdOrder, orderDetail, paymentUrl } from '../../views.mts';
import type { WireValue } from '../../wire.mts';
import { refuse, type Input } from '../input.mts';
import { byOrderStatus, byText, byTime, page, select } from '../listing.mts';
import type { Call, Endpoints } from './endpoint.mts';

export const ORDER_ENDPOINTS: Endpoints = {
	'/order/add': ({ world, account, input }) => {
		const request = readRequest(input, readMethod(input));
		if (!request.method) throw refuse('currency and network', 'are required');
		const order = world.orders.add(account, request);
		return world.settings.createOfTaken === 'return'
			? orderDetail(order, world.settings, world.pageUrl)
			: createdOrder(order, world.pageUrl);
	},

	'/order/checkout': ({ world, account, input }) => {
		const order = world.orders.add(account, readRequest(input, readMethod(input)));
		return {
			[world.settings.checkoutUrlField]: paymentUrl(order, world.pageUrl),
			trade_id: order.tradeId,
		};
	},

	'/order/detail': ({ world, account, input }) =>
		orderDetail(world.orders.find(account, readReference(input)), world.settings, world.pageUrl),

	'/order/cancel': (call) => cancel(call),

	'/order/list': ({ world, account, input }) => {
		const found = select(world.orders.of(account), [
			byOrderStatus(input),
			byText(input, 'currency', ({ method }) => method?.currency),
			byText(input, 'network', ({ method }) => method?.network),
			byText(input, 'mch_order_id', ({ mchOrderId }) => mchOrderId),
			byTime(input, ({ createdAt }) => createdAt),
		]);
		return page(input, found, (order) => orderDetail(order, world.settings, world.pageUrl));
	},
};

/** A payment that races the cancellation wins: then the order is paid, and stays so. */
function cancel({ world, account, input }: Call): WireValue {
	const order = world.orders.find(account, readReference(input));
	const returnAsItIs = isPaid(order.status) && world.settings.cancelOfPaid === 'returnOrder';
	if (!returnAsItIs) world.orders.cancel(order);
	return orderDetail(order, world.settings, world.pageUrl);
}

export function readReference(input: Input): OrderReference {
	return { tradeId: input.text('trade_id'), mchOrderId: input.text('mch_order_id') };
}

function readRequest(input: Input, method: OrderRequest['method']): OrderRequest {
	return {
		amount: input.requiredAmount('amount'),
		mchOrderId: input.ownId('mch_order_id'),
		notifyUrl: input.url('notify_url') ?? '',
		redirectUrl: input.url('redirect_url') ?? '',
		locale: input.text('locale') ?? '',
		method,
	};
}

/** Currency and network: both or none. */
function readMethod(input: Input): OrderRequest['method'] {
	const currency = input.text('currency');
	const network = input.text('network');
	if (currency === undefined && network === undefined) return undefined;
	if (currency === undefined) throw refuse('currency', 'is required');
	if (network === undefined) throw refuse('network', 'is required');
	return { currency, network };
}
