import { parseEvent } from '../../../nodes/shared/model/event';
import { identify, orderKeys } from '../../../nodes/shared/model/eventIdentity';
import { EventMemory } from '../../../nodes/PonponPayTrigger/eventMemory';
import { KnownOrders } from '../../../nodes/PonponPayTrigger/knownOrders';
import { toOrder } from '../../../nodes/shared/model/order';

const paid = { order_no: 'shop-1', trade_id: 'T1', status: 2, hash: '0xab', event_id: 'e1' };
const identityOf = (body: object, environment = 'production') =>
	identify(parseEvent(body, 0)!, environment, Buffer.from(JSON.stringify(body)));
const withoutId = { ...paid, event_id: undefined };
const expired = { ...paid, status: 3 };

const LEASE_MS = 120_000;
let now = 0;
beforeEach(() => (now = 0));
const newMemory = (capacity?: number) => new EventMemory(() => now, capacity);

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

	it('knows an order by each of its ids, and keeps the two kinds apart', () => {
		const keysOf = (wire: object) => orderKeys(toOrder({ ...wire }), 'production');
		expect(keysOf(paid)).toEqual(['trade production:T1', 'own production:shop-1']);
		expect(keysOf({ trade_id: 'T1' })).toEqual(['trade production:T1']);
		expect(keysOf({ order_no: 'T1' })).toEqual(['own production:T1']);
		expect(keysOf({ status: 2 })).toEqual([]);
	});
});

describe('The memory of events', () => {
	/** Enters an event and says what came of it. */
	const enter = (memory: EventMemory, body: object, wasTaken = true) => {
		const entry = memory.enter(identityOf(body), LEASE_MS);
		if (entry.is === 'new') entry.settle(wasTaken);
		return entry.is;
	};

	it('knows an event by its id, whatever else changed', () => {
		const memory = newMemory();
		enter(memory, expired);
		expect(enter(memory, { ...expired, hash: '0xother' })).toBe('known');
		expect(enter(memory, { ...expired, event_id: 'e2' })).toBe('new');
	});

	it('does not take two kinds of events for one because they have one id', () => {
		const memory = newMemory();
		enter(memory, { ...paid, status: 6 });
		expect(enter(memory, paid)).toBe('new');
	});

	it('knows an event without an id by order, status and transaction', () => {
		const memory = newMemory();
		const confirming = { ...withoutId, status: 6 };
		enter(memory, confirming);
		expect(enter(memory, confirming)).toBe('known');
		expect(enter(memory, { ...confirming, hash: '0xother' })).toBe('new');
		expect(enter(memory, { ...withoutId, status: 3 })).toBe('new');
	});

	const ownIdOnly = { ...paid, trade_id: undefined };
	const tradeIdOnly = { ...paid, order_no: undefined };
	it.each([
		['credited by hand later', { ...paid, event_id: 'e2', status: 5 }],
		['marked paid later', { ...paid, event_id: 'e2', status: 7, hash: '' }],
		['told again with another transaction', { ...paid, event_id: 'e2', hash: '0xother' }],
		['told without an event id', { ...withoutId, status: 7 }],
		['told by the merchant’s id alone', { ...ownIdOnly, event_id: 'e2' }],
		['told by PonponPay’s id alone', { ...tradeIdOnly, event_id: 'e2' }],
		[
			'told in an envelope',
			{ type: 'order.paid', data: { trade_id: 'T1', mch_order_id: 'shop-1', status: 2 } },
		],
	])('knows that an order was paid when it is %s, or the other way round', (_how, later) => {
		for (const [first, second] of [
			[paid, later],
			[later, paid],
		]) {
			const memory = newMemory();
			enter(memory, first);
			expect(enter(memory, second)).toBe('known');
		}
	});

	it('learns the other id of a paid order from a delivery that starts nothing', () => {
		const memory = newMemory();
		enter(memory, { ...tradeIdOnly, event_id: 'e1' });
		enter(memory, { ...paid, event_id: 'e2' });
		expect(enter(memory, { ...ownIdOnly, event_id: 'e3' })).toBe('known');
	});

	it('keeps two orders apart to which a shop has given the same number', () => {
		const memory = newMemory();
		enter(memory, paid);
		expect(enter(memory, { ...paid, trade_id: 'T2', event_id: 'e2' })).toBe('new');
	});

	it.each([
		[paid, withoutId],
		[withoutId, paid],
	])('knows an event that is told once with an id and once without (%#)', (first, second) => {
		const memory = newMemory();
		enter(memory, first);
		expect(enter(memory, second)).toBe('known');
	});

	it('keeps the environments apart', () => {
		const memory = newMemory();
		memory.enter(identityOf(paid, 'sandbox'), LEASE_MS);
		expect(memory.enter(identityOf(paid, 'production'), LEASE_MS).is).toBe('new');
	});

	it('has forgotten an event that n8n could not take', () => {
		const memory = newMemory();
		expect(enter(memory, paid, false)).toBe('new');
		expect(enter(memory, paid)).toBe('new');
		expect(enter(memory, paid)).toBe('known');
	});

	it('lets one of many go on while the others wait for its end', async () => {
		const memory = newMemory();
		const first = memory.enter(identityOf(paid), LEASE_MS);
		const second = memory.enter(identityOf(paid), LEASE_MS);
		expect([first.is, second.is]).toEqual(['new', 'underWay']);
		if (first.is === 'new') first.settle(false);
		if (second.is === 'underWay') await second.attempt.ended;
		expect(memory.enter(identityOf(paid), LEASE_MS).is).toBe('new');
	});

	it('does not forget what n8n took because something similar was not taken', () => {
		const memory = newMemory();
		const one = memory.enter(identityOf(expired), LEASE_MS);
		const similar = memory.enter(identityOf({ ...expired, event_id: 'e2' }), LEASE_MS);
		if (one.is === 'new') one.settle(true);
		if (similar.is === 'new') similar.settle(false);
		expect(enter(memory, { ...expired, event_id: 'e3' }, false)).toBe('new');
		expect(enter(memory, { ...expired, event_id: undefined })).toBe('known');
	});

	it('gives an event whose end never came to the next one, after a time', () => {
		const memory = newMemory();
		const lost = memory.enter(identityOf(paid), LEASE_MS);
		now = LEASE_MS - 1;
		expect(memory.enter(identityOf(paid), LEASE_MS).is).toBe('underWay');
		expect(memory.isUnderWay).toBe(true);
		now = LEASE_MS;
		expect(memory.isUnderWay).toBe(false);
		const next = memory.enter(identityOf(paid), LEASE_MS);
		expect(next.is).toBe('new');
		// What comes late of the first does not give away what the second has.
		if (lost.is === 'new') lost.settle(false);
		expect(memory.enter(identityOf(paid), LEASE_MS).is).toBe('underWay');
		if (next.is === 'new') next.settle(true);
		expect(enter(memory, paid)).toBe('known');
	});

	it('takes the first end of an event as final', () => {
		const memory = newMemory();
		const entry = memory.enter(identityOf(paid), LEASE_MS);
		if (entry.is === 'new') {
			entry.settle(true);
			entry.settle(false);
		}
		expect(enter(memory, paid)).toBe('known');
	});

	it('is bounded: it forgets the oldest event, but never one that is under way', () => {
		const memory = newMemory(4);
		const event = (id: string) => ({ ...expired, event_id: id, order_no: id });
		const running = memory.enter(identityOf(event('running')), LEASE_MS);
		for (const id of ['a', 'b', 'c', 'd']) enter(memory, event(id));
		expect(memory.enter(identityOf(event('running')), LEASE_MS).is).toBe('underWay');
		expect(enter(memory, event('d'))).toBe('known');
		expect(enter(memory, event('a'))).toBe('new');
		if (running.is === 'new') running.settle(true);
	});
});

describe('What is known of orders', () => {
	const order = (tradeId: string | undefined, ownId?: string) =>
		toOrder({ trade_id: tradeId, order_no: ownId });

	it('is bounded and keeps the latest', () => {
		const orders = new KnownOrders(2);
		for (const id of ['a', 'b', 'a', 'c']) orders.notePaid(order(id), 'production');
		expect(['a', 'b', 'c'].map((id) => orders.isPaid(order(id), 'production'))).toEqual([
			true,
			false,
			true,
		]);
	});

	it('tells the merchant’s id of an order that only PonponPay’s id names', () => {
		const orders = new KnownOrders();
		orders.learn(order('T1', 'shop-1'), 'production');
		const known = (environment: string) =>
			orders.completed(order('T1'), environment).merchantOrderId;
		expect([known('production'), known('sandbox')]).toEqual(['shop-1', null]);
	});

	it('knows an order as paid under either of its ids', () => {
		const orders = new KnownOrders();
		orders.notePaid(order('T1', 'shop-1'), 'production');
		expect(orders.isPaid(order(undefined, 'shop-1'), 'production')).toBe(true);
		expect(orders.isPaid(order('T1'), 'production')).toBe(true);
	});
});
