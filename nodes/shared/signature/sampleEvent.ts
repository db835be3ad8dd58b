import type { EVENTS } from '../model/event';

/** What makes one sample differ from another. */
export type SampleOccasion = {
	/** `production` or `sandbox`. */
	readonly environment: string;
	/** Letters and digits that make this sample differ from every other one. */
	readonly id: string;
	/** Unix seconds. */
	readonly now: number;
};

type EventName = (typeof EVENTS)[number];

/** The status number of a flat callback that stands for the event [P]. */
const ORDER_STATUS = {
	'order.paid': 2,
	'order.expired': 3,
	'order.cancelled': 4,
	'order.confirming': 6,
	'order.pending': 1,
} as const;

/** Nobody's wallet and nobody's transaction: no block explorer knows them. */
const NO_WALLET = 'SAMPLE-WALLET';
const NO_TRANSACTION = '0'.repeat(64);

/**
 * The body of a delivery as PonponPay would send it, about an order that does not exist and says so in all its ids.
 *
 * Events of orders have the flat shape [P]; those of refunds and disputes the envelope [I].
 */
export function sampleBody(event: EventName, occasion: SampleOccasion): string {
	const eventId = `sample_${occasion.id}`;
	const order = sampleOrder(occasion);
	const body = isOrderEvent(event)
		? {
				...order,
				status: ORDER_STATUS[event],
				hash: event === 'order.paid' || event === 'order.confirming' ? NO_TRANSACTION : '',
				environment: occasion.environment,
				event_id: eventId,
			}
		: {
				type: event,
				event_id: eventId,
				environment: occasion.environment,
				data: event.startsWith('refund.')
					? sampleRefund(event, occasion)
					: sampleDispute(event, occasion),
			};
	return JSON.stringify({ ...body, is_sample: true });
}

function isOrderEvent(event: EventName): event is keyof typeof ORDER_STATUS {
	return Object.hasOwn(ORDER_STATUS, event);
}

function sampleOrder({ id }: SampleOccasion) {
	return {
		order_no: `SAMPLE-${id}`,
		trade_id: `SAMPLE-${id}`,
		amount: 25.0001,
		fiat_amount: 25,
		exchange_rate: 1,
		currency: 'USDT',
		currency_name: 'usdt',
		network: 'Tron',
		contract_addr: '',
		wallet_address: NO_WALLET,
	};
}

function sampleRefund(event: EventName, { id, now, environment }: SampleOccasion) {
	return {
		refund_id: `SAMPLE-${id}`,
		mch_refund_id: `SAMPLE-${id}`,
		trade_id: `SAMPLE-${id}`,
		amount: 10,
		currency: 'USDT',
		network: 'tron',
		address: NO_WALLET,
		reason: 'This is a sample',
		status: event === 'refund.succeeded' ? 'succeeded' : 'failed',
		hash: event === 'refund.succeeded' ? NO_TRANSACTION : '',
		created_at: now - 60,
		updated_at: now,
		order: paidOrder({ id, now, environment }),
	};
}

function sampleDispute(event: EventName, { id, now, environment }: SampleOccasion) {
	return {
		dispute_id: `SAMPLE-${id}`,
		trade_id: `SAMPLE-${id}`,
		mch_order_id: `SAMPLE-${id}`,
		reason: 'This is a sample',
		status: event === 'dispute.opened' ? 'open' : 'won',
		amount: 25,
		currency: 'USDT',
		messages: [],
		due_at: now + 7 * 86_400,
		created_at: now - 60,
		updated_at: now,
		order: paidOrder({ id, now, environment }),
	};
}

function paidOrder(occasion: SampleOccasion) {
	return { ...sampleOrder(occasion), status: ORDER_STATUS['order.paid'], hash: NO_TRANSACTION };
}
