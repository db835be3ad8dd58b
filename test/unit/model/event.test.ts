import {
	EVENTS,
	eventOfStatus,
	isFurther,
	isOrderEvent,
	ORDER_EVENTS,
	parseEvent,
	UNKNOWN_ORDER_EVENT,
} from '../../../nodes/shared/model/event';
import { ORDER_STATUSES } from '../../../nodes/shared/model/status';

const NOON = Date.UTC(2026, 10, 22, 12);
const parse = (body: unknown) => parseEvent(body, NOON);

/** Which event each status stands for (contract, section 5). */
const EVENT_OF = [
	[0, 'order.pending'],
	[1, 'order.pending'],
	[2, 'order.paid'],
	[3, 'order.expired'],
	[4, 'order.cancelled'],
	[5, 'order.paid'],
	[6, 'order.confirming'],
	[7, 'order.paid'],
] as const;

describe('a flat callback', () => {
	it.each(EVENT_OF)('with status %i is the event %s', (status, type) => {
		expect(eventOfStatus(ORDER_STATUSES[status])).toBe(type);
		expect(parse({ order_no: 'shop-1', status })).toMatchObject({
			type,
			order: { merchantOrderId: 'shop-1', statusCode: status },
			refund: null,
			dispute: null,
		});
	});

	it('carries event id and environment, where it has them', () => {
		const body = { status: 2, event_id: 'evt_1', environment: 'sandbox' };
		expect(parse(body)).toMatchObject({ eventId: 'evt_1', environment: 'sandbox' });
		expect(parse({ status: 2 })).toMatchObject({ eventId: null, environment: null });
		expect(parse({ status: 2, event_id: 77 })).toMatchObject({ eventId: '77' });
	});

	it.each([[8], [-1], ['settled']])(
		'with the unknown status %p is an event of a new kind, and no payment',
		(status) => {
			expect(parse({ order_no: 'shop-1', status })).toMatchObject({
				type: UNKNOWN_ORDER_EVENT,
				order: { merchantOrderId: 'shop-1', status: 'unknown', isPaid: false },
			});
		},
	);

	it.each([[null], [undefined], [''], [[2]]])('with the status %p is no event', (status) => {
		expect(parse({ order_no: 'shop-1', status })).toBeUndefined();
	});

	it.each(['payment', 'callback', '', 'order.paid', 'ORDER.PAID'])(
		'may also have a type: %p',
		(type) => {
			expect(parse({ type, order_no: 'shop-1', status: 2 })).toMatchObject({
				type: 'order.paid',
				isContradictory: false,
				order: { merchantOrderId: 'shop-1', isPaid: true },
			});
		},
	);

	it('whose type names another event than its status is settled by what PonponPay says', () => {
		const body = { type: 'order.expired', order_no: 'shop-1', status: 2 };
		expect(parse(body)).toMatchObject({ isContradictory: true });
	});

	it.each(['refund.succeeded', 'dispute.opened', 'Refund.Failed'])(
		'is none where its type is %s: that status is not of an order',
		(type) => {
			expect(parse({ type, order_no: 'shop-1', status: 2 })).toBeUndefined();
		},
	);

	it('with an unknown status is no event where it names no order', () => {
		expect(parse({ status: 'healthy' })).toBeUndefined();
	});

	it('tells the quantity that was paid as the exact amount, and the total as the amount', () => {
		const amounts = { amount: 25.0012, fiat_amount: 25 };
		const order = { amount: '25', actualAmount: '25.0012', fiatAmount: '25' };
		expect(parse({ order_no: 'shop-1', status: 2, ...amounts })?.order).toMatchObject(order);
		const data = { trade_id: 'P1', ...amounts };
		expect(parse({ type: 'order.paid', data })?.order).toMatchObject(order);
	});
});

describe('an event envelope', () => {
	it.each(EVENT_OF)('with an order of status %i keeps its type', (status) => {
		expect(parse({ type: 'order.paid', data: { trade_id: 'P1', status } })).toMatchObject({
			type: 'order.paid',
			order: { tradeId: 'P1', statusCode: status },
		});
	});

	it.each([
		['order.paid', 'paid', true],
		['order.expired', 'expired', false],
		['order.cancelled', 'cancelled', false],
		['order.confirming', 'confirming', false],
		['order.pending', 'pending', false],
	])('%s says the status where the order does not', (type, status, isPaid) => {
		expect(parse({ type, data: { trade_id: 'P1' } })?.order).toMatchObject({ status, isPaid });
		expect(parse({ type, data: { status: null } })?.order).toMatchObject({ status, isPaid });
	});

	it.each([
		{ type: 'order.confirming', data: { trade_id: 'P1', status: 'pending' } },
		{ type: 'order.confirming', trade_id: 'P1', status: 'pending' },
	])('is confirming by its type where the words of the status know no better: %j', (body) => {
		expect(parse(body)).toMatchObject({
			type: 'order.confirming',
			isContradictory: false,
			order: { status: 'confirming', statusCode: 6 },
		});
		const byNumber = body.data
			? { ...body, data: { ...body.data, status: 1 } }
			: { ...body, status: 1 };
		expect(parse(byNumber)).toMatchObject({ isContradictory: true });
	});

	it.each([
		['refund.completed', 'failed', true],
		['refund.succeeded', 'processing', true],
		['refund.failed', 'succeeded', true],
		['refund.completed', 'succeeded', false],
		['refund.succeeded', 'completed', false],
		['refund.created', 'pending', false],
		['refund.succeeded', undefined, false],
		['dispute.opened', 'won', true],
		['dispute.closed', 'under_review', true],
		['dispute.closed', 'lost', false],
		['dispute.opened', 'new', false],
	])('%s about a thing that is %s: contradictory is %s', (type, status, isContradictory) => {
		const data = { refund_id: 'R1', dispute_id: 'D1', status };
		expect(parse({ type, data })).toMatchObject({ isContradictory });
	});

	it('does not make a paid order of an order whose status it does not know', () => {
		expect(parse({ type: 'order.paid', data: { status: 8 } })).toMatchObject({
			type: UNKNOWN_ORDER_EVENT,
			order: { status: 'unknown', statusCode: 8, isPaid: false },
		});
		expect(parse({ type: 'order.refunded', data: {} })?.order).toMatchObject({
			status: 'unknown',
			isPaid: false,
		});
	});

	it('has its event id and environment outside or inside', () => {
		const outside = { event_id: 'evt_1', environment: 'sandbox' };
		expect(parse({ type: 'order.paid', ...outside, data: {} })).toMatchObject({
			eventId: 'evt_1',
			environment: 'sandbox',
		});
		expect(parse({ type: 'order.paid', data: outside })).toMatchObject({
			eventId: 'evt_1',
			environment: 'sandbox',
		});
		expect(parse({ type: 'order.paid', event_id: 'evt_2', data: outside })?.eventId).toBe('evt_2');
	});

	it('about a refund carries the refund, and its order where it has it', () => {
		const refund = { refund_id: 'R1', trade_id: 'P1', status: 'succeeded', amount: 5 };
		expect(parse({ type: 'refund.succeeded', data: refund })).toMatchObject({
			type: 'refund.succeeded',
			order: null,
			refund: { refundId: 'R1', tradeId: 'P1', amount: '5' },
			dispute: null,
		});
		const withOrder = { ...refund, order: { trade_id: 'P1', status: 2 } };
		expect(parse({ type: 'refund.failed', data: withOrder })).toMatchObject({
			order: { tradeId: 'P1', isPaid: true },
			refund: { refundId: 'R1' },
		});
	});

	it('about a dispute carries the dispute with the hours that are left', () => {
		const dispute = { dispute_id: 'D1', due_at: NOON / 1000 + 5400, order: { trade_id: 'P1' } };
		expect(parse({ type: 'dispute.opened', data: dispute })).toMatchObject({
			order: { tradeId: 'P1' },
			refund: null,
			dispute: { disputeId: 'D1', hoursLeft: 1.5 },
		});
	});

	it.each([
		['Order.Paid', 'order.paid'],
		[' order.paid ', 'order.paid'],
		['order.canceled', 'order.cancelled'],
		['REFUND.SUCCEEDED', 'refund.succeeded'],
	])('may spell its type %p', (spelling, type) => {
		expect(parse({ type: spelling, data: { trade_id: 'P1' } })?.type).toBe(type);
	});

	it('is contradicted by its status however its type is spelt', () => {
		const body = { type: 'order.canceled', data: { trade_id: 'P1', status: 2 } };
		expect(parse(body)).toMatchObject({ isContradictory: true });
	});

	it('of a type nobody knows yet is passed on as it is called', () => {
		expect(parse({ type: 'order.frozen', data: { trade_id: 'P1' } })).toMatchObject({
			type: 'order.frozen',
			order: { tradeId: 'P1' },
		});
	});

	it.each([[undefined], [null], ['P1'], [[]], [7]])(
		'without an object as data is none: %p',
		(data) => {
			expect(parse({ type: 'order.paid', data })).toBeUndefined();
		},
	);
});

it.each([[null], [undefined], ['order.paid'], [2], [[]], [{}], [{ type: 7, data: {} }]])(
	'%j is no event',
	(body) => {
		expect(parse(body)).toBeUndefined();
	},
);

it('tells how far an order has come', () => {
	expect(isFurther('order.confirming', 'order.pending')).toBe(true);
	expect(isFurther('order.expired', 'order.confirming')).toBe(true);
	expect(isFurther('order.paid', 'order.expired')).toBe(true);
	expect(isFurther('order.paid', 'order.cancelled')).toBe(true);
	expect(isFurther('order.expired', 'order.cancelled')).toBe(false);
	expect(isFurther('order.cancelled', 'order.expired')).toBe(false);
	expect(isFurther('order.paid', 'order.paid')).toBe(false);
	expect(isFurther('order.pending', 'order.paid')).toBe(false);
});

it('tells events of orders from others', () => {
	expect(EVENTS.filter(isOrderEvent)).toEqual([...ORDER_EVENTS]);
	expect(isOrderEvent('constructor')).toBe(false);
});

it('knows the events of the contract', () => {
	expect(ORDER_EVENTS).toEqual([...new Set(EVENT_OF.map(([, type]) => type))].sort(byContract));
	expect(EVENTS).toEqual([
		...ORDER_EVENTS,
		'refund.succeeded',
		'refund.failed',
		'dispute.opened',
		'dispute.closed',
	]);
});

function byContract(left: string, right: string): number {
	const order = ['paid', 'expired', 'cancelled', 'confirming', 'pending'];
	return order.indexOf(left.slice(6)) - order.indexOf(right.slice(6));
}
