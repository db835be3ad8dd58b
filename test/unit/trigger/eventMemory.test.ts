import { parseEvent } from '../../../nodes/shared/model/event';
import { identify, orderKey } from '../../../nodes/shared/model/eventIdentity';
import { EventMemory } from '../../../nodes/PonponPayTrigger/eventMemory';
import { PaidOrders } from '../../../nodes/PonponPayTrigger/paidOrders';

const paid = { order_no: 'shop-1', trade_id: 'T1', status: 2, hash: '0xab', event_id: 'e1' };
const identityOf = (body: object, environment = 'production') =>
	identify(parseEvent(body, 0)!, environment, Buffer.from(JSON.stringify(body)));
const withoutId = { ...paid, event_id: undefined };

describe('The identity of an event', () => {
	it('has one dedupe key for both body shapes, and for the order as the API lists it', () => {
		const data = { trade_id: 'T1', mch_order_id: 'shop-1', status: 2, tx_hash: '0xab' };
		const keys = [
			paid,
			{ ...paid, event_id: 'e2' },
			withoutId,
			{ ...paid, hash: undefined, status: 5 },
			{ type: 'order.paid', data },
			{ type: 'order.paid', data: { ...data, status: 'paid' }, event_id: 'e3' },
		].map((body) => identityOf(body).dedupeKey);
		expect(new Set(keys)).toEqual(new Set(['production:order:shop-1:order.paid']));
	});

	it('has another dedupe key for another environment, order or event', () => {
		const keys = [
			identityOf(paid, 'sandbox'),
			identityOf({ ...paid, order_no: 'shop-2' }),
			identityOf({ ...paid, status: 6 }),
			identityOf(paid),
		].map(({ dedupeKey }) => dedupeKey);
		expect(new Set(keys).size).toBe(4);
	});

	it('cannot be made equal by separators inside the values', () => {
		const one = identityOf({ ...paid, order_no: 'a' }, 'production:order');
		const other = identityOf({ ...paid, order_no: 'order:a' });
		expect(one.dedupeKey).not.toBe(other.dedupeKey);
	});

	it('is told by refund, by dispute, and for unknown kinds by event id or bytes', () => {
		const key = (body: object) => identityOf(body).dedupeKey;
		const refund = { refund_id: 'R1', trade_id: 'T1', status: 'succeeded' };
		expect(key({ type: 'refund.succeeded', data: refund })).toBe('production:refund:R1:succeeded');
		expect(key({ type: 'dispute.opened', data: { dispute_id: 'D1', status: 'open' } })).toBe(
			'production:dispute:D1:open',
		);
		expect(key({ type: 'payout.sent', data: {}, event_id: 'e9' })).toBe(
			'production:payout.sent:e9',
		);
		expect(key({ type: 'payout.sent', data: { a: 1 } })).not.toBe(
			key({ type: 'payout.sent', data: { a: 2 } }),
		);
	});

	it('knows an order by the merchant’s id before PonponPay’s', () => {
		const keyOf = (body: object) => orderKey(parseEvent(body, 0)!, 'production');
		expect(keyOf(paid)).toBe(keyOf({ ...paid, trade_id: undefined }));
		expect(keyOf({ trade_id: 'T1', status: 2 })).toBe('production:T1');
		expect(keyOf({ status: 2 })).toBeUndefined();
	});
});

describe('The memory of events', () => {
	/** Enters an event and says what came of it. */
	const enter = (memory: EventMemory, body: object, wasTaken = true) => {
		const entry = memory.enter(identityOf(body));
		if (entry.is === 'new') entry.settle(wasTaken);
		return entry.is;
	};

	it('knows an event by its id, whatever else changed', () => {
		const memory = new EventMemory();
		enter(memory, paid);
		expect(enter(memory, { ...paid, hash: '0xother', status: 7 })).toBe('known');
		expect(enter(memory, { ...paid, event_id: 'e2' })).toBe('new');
	});

	it('knows an event without an id by order, status and transaction', () => {
		const memory = new EventMemory();
		enter(memory, withoutId);
		expect(enter(memory, withoutId)).toBe('known');
		expect(enter(memory, { ...withoutId, hash: '0xother' })).toBe('new');
		expect(enter(memory, { ...withoutId, status: 3 })).toBe('new');
	});

	it.each([
		[paid, withoutId],
		[withoutId, paid],
	])('knows an event that is told once with an id and once without (%#)', (first, second) => {
		const memory = new EventMemory();
		enter(memory, first);
		expect(enter(memory, second)).toBe('known');
	});

	it('keeps the environments apart', () => {
		const memory = new EventMemory();
		memory.enter(identityOf(paid, 'sandbox'));
		expect(memory.enter(identityOf(paid, 'production')).is).toBe('new');
	});

	it('has forgotten an event that n8n could not take', () => {
		const memory = new EventMemory();
		expect(enter(memory, paid, false)).toBe('new');
		expect(enter(memory, paid)).toBe('new');
		expect(enter(memory, paid)).toBe('known');
	});

	it('lets one of many go on while the others wait for its end', async () => {
		const memory = new EventMemory();
		const first = memory.enter(identityOf(paid));
		const second = memory.enter(identityOf(paid));
		expect([first.is, second.is]).toEqual(['new', 'underWay']);
		if (first.is === 'new') first.settle(false);
		if (second.is === 'underWay') await second.settled;
		expect(memory.enter(identityOf(paid)).is).toBe('new');
	});

	it('does not forget what n8n took because something similar was not taken', () => {
		const memory = new EventMemory();
		const one = memory.enter(identityOf(paid));
		const similar = memory.enter(identityOf({ ...paid, event_id: 'e2' }));
		if (one.is === 'new') one.settle(true);
		if (similar.is === 'new') similar.settle(false);
		expect(enter(memory, { ...paid, event_id: 'e3' }, false)).toBe('new');
		expect(enter(memory, withoutId)).toBe('known');
	});

	it('takes the first end of an event as final', () => {
		const memory = new EventMemory();
		const entry = memory.enter(identityOf(paid));
		if (entry.is === 'new') {
			entry.settle(true);
			entry.settle(false);
		}
		expect(enter(memory, paid)).toBe('known');
	});

	it('is bounded: it forgets the oldest event, but never one that is under way', () => {
		const memory = new EventMemory(4);
		const event = (id: string) => ({ ...paid, event_id: id, order_no: id });
		const running = memory.enter(identityOf(event('running')));
		for (const id of ['a', 'b', 'c', 'd']) enter(memory, event(id));
		expect(memory.enter(identityOf(event('running'))).is).toBe('underWay');
		expect(enter(memory, event('d'))).toBe('known');
		expect(enter(memory, event('a'))).toBe('new');
		if (running.is === 'new') running.settle(true);
	});
});

describe('The memory of paid orders', () => {
	it('is bounded and keeps the latest', () => {
		const orders = new PaidOrders(2);
		for (const key of ['a', 'b', 'a', 'c']) orders.add(key);
		expect(['a', 'b', 'c'].map((key) => orders.has(key))).toEqual([true, false, true]);
	});
});
