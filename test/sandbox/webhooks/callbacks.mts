import { findChain } from '../chain.mts';
import type { CallbackShape, SandboxSettings } from '../settings.mts';
import type { Order } from '../state/orders.mts';
import { eventOf } from '../state/status.mts';
import { orderDetail } from '../views.mts';
import { money, NumberToken, type WireObject } from '../wire.mts';

/** What happened, once, however often and to however many URLs it is told. */
export interface Announcement {
	readonly event: string;
	readonly eventId: string;
}

/** How a payment may be told, all of them true readings of the contract. */
export interface PaidWording {
	/** Which of the three numbers of "paid". */
	readonly status: 2 | 5 | 7;
	readonly shape: CallbackShape;
	readonly withEventId: boolean;
	/** Else the transaction is not told, as where it is found later. */
	readonly withHash: boolean;
}

/** The fields of a flat callback (contract, section 5), in the order of its table. */
function flatCallback(order: Order, eventId: string, settings: SandboxSettings): WireObject {
	const { method, payment, account } = order;
	const chain = method && findChain(method.network);
	const quantity =
		method && settings.callbackAmount === 'actual'
			? money(method.actualAmount, 4)
			: money(order.amount);
	return {
		order_no: order.mchOrderId,
		trade_id: order.tradeId,
		status: order.status,
		amount: quantity,
		fiat_amount: money(order.amount),
		exchange_rate: new NumberToken('1'),
		currency: method?.currency ?? '',
		currency_name: method?.currency.toLowerCase() ?? '',
		network: chain?.displayName ?? '',
		contract_addr: (method && chain?.contracts[method.currency]) ?? '',
		hash: payment?.hash ?? '',
		wallet_address: method?.address ?? '',
		environment: account.environment,
		event_id: settings.withEventIds ? eventId : undefined,
	};
}

/** An event in the seed's shape. Where the event's id and environment stand in it is our guess: beside the type. */
export function envelope(
	{ event, eventId }: Announcement,
	environment: string,
	data: WireObject,
	settings: SandboxSettings,
): WireObject {
	return {
		type: event,
		event_id: settings.withEventIds ? eventId : undefined,
		environment,
		data,
	};
}

/** The body that tells an order's state. */
export function orderCallback(
	order: Order,
	eventId: string,
	shape: CallbackShape,
	settings: SandboxSettings,
	pageUrl: string,
): WireObject {
	if (shape === 'flat') return flatCallback(order, eventId, settings);
	const announcement = { event: eventOf(order.status), eventId };
	const data = orderDetail(order, settings, pageUrl);
	return envelope(announcement, order.account.environment, data, settings);
}
