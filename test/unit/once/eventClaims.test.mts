import { identify } from '../../../nodes/shared/model/eventIdentity';
import { parseEvent } from '../../../nodes/shared/model/event';
import { EventClaims } from '../../../nodes/shared/once/eventClaims';
import { MemoryClaims } from './memoryClaims';

const body = Buffer.from('{}');

/** What a callback tells, as the trigger knows it again. */
function told(wire: Record<string, unknown>) {
	const event = parseEvent(wire, Date.now());
	if (event === undefined) throw new Error('no event');
	return identify(event, 'production', body);
}

const paid = { trade_id: 'P1', order_no: 'shop-1', status: 2 };

describe('Of an event that several processes are told', () => {
	let store: MemoryClaims;
	let executions: number;
	beforeEach(() => {
		store = new MemoryClaims();
		executions = 0;
	});

	const claims = (wire: Record<string, unknown>, owner = String((executions += 1))) =>
		new EventClaims(store, told(wire), owner, Date.now, async () => await Promise.resolve());

	/** Who pauses for long enough that all others have ended. */
	const slowly = (wire: Record<string, unknown>) =>
		new EventClaims(
			store,
			told(wire),
			String((executions += 1)),
			Date.now,
			async () => await new Promise((resolve) => setImmediate(resolve)),
		);

	/** What becomes of it; one that may begin fails at once. */
	const tryToBegin = async (wire: Record<string, unknown>) => {
		const begun = await slowly(wire).begin();
		if (typeof begun === 'string') return begun;
		await begun.end(false);
		return 'new';
	};

	it.each([
		['the same', paid, paid],
		['another status', paid, { ...paid, status: 7 }],
		['another event ID', { ...paid, event_id: 'e1' }, { ...paid, event_id: 'e2' }],
		['an event ID and none', { ...paid, event_id: 'e1' }, paid],
		['the trade ID alone', paid, { trade_id: 'P1', status: 2 }],
		['the order number alone', paid, { order_no: 'shop-1', status: 2 }],
		['the order number alone before', { order_no: 'shop-1', status: 2 }, paid],
	])('one is the first, told by %s', async (_how, first, second) => {
		expect(await claims(first).claim()).toBe('new');
		expect(await claims(second).claim()).toBe('known');
		expect(await claims(first).begin()).toBe('known');
	});

	it('one is the first in the same moment, whatever event IDs they are told by', async () => {
		const many = Array.from({ length: 10 }, async (_, index) => {
			return await claims({ ...paid, event_id: `e${index % 4}` }).claim();
		});
		expect((await Promise.all(many)).filter((begun) => begun === 'new')).toHaveLength(1);
	});

	const shapes: Array<[string, Record<string, unknown>, Record<string, unknown>]> = [
		['a payment with both IDs and with the number alone', paid, { order_no: 'shop-1', status: 2 }],
		[
			'a payment with both IDs and with the number alone, and one event ID',
			{ ...paid, event_id: 'e1' },
			{ order_no: 'shop-1', status: 2, event_id: 'e1' },
		],
		[
			'an expiry with an event ID and without',
			{ ...paid, status: 3, event_id: 'e1' },
			{ ...paid, status: 3 },
		],
	];

	it.each(shapes)('one is the first in the same moment, told as %s', async (_how, long, short) => {
		// Each begins some turns of the database after the other.
		for (let turns = -12; turns <= 12; turns += 1) {
			store = new MemoryClaims();
			const later = async (by: number, wire: Record<string, unknown>) => {
				for (let turn = 0; turn < by; turn += 1) await Promise.resolve();
				return await slowly(wire).claim();
			};
			const both = [later(turns, long), later(-turns, short)];
			expect((await Promise.all(both)).sort()).toEqual(['known', 'new']);
		}
	});

	it.each(shapes)(
		'no second one begins while the first is under way, told as %s',
		async (_how, long, short) => {
			for (const [one, other] of [
				[long, short],
				[short, long],
			]) {
				store = new MemoryClaims();
				const first = await slowly(one).begin();
				if (typeof first === 'string') throw new Error(first);
				expect(await claims(other).begin()).toBe('underWay');
				const waiting = claims(other).begin();
				await first.end(true);
				expect(await waiting).toBe('known');
				expect(await claims(other).begin()).toBe('known');
			}
		},
	);

	it('where the first has failed, one that names it otherwise begins', async () => {
		const first = await begin('a');
		await first.end(false);
		expect(await tryToBegin({ order_no: 'shop-1', status: 2 })).toBe('new');
	});

	it('none is lost where another order has the same number', async () => {
		expect(await claims(paid).claim()).toBe('new');
		expect(await claims({ ...paid, trade_id: 'P2' }).claim()).toBe('new');
	});

	it('the first has it again when it is tried again', async () => {
		expect(await claims(paid, 'a').claim()).toBe('new');
		expect(await claims(paid, 'a').claim()).toBe('new');
	});

	const begin = async (owner: string) => {
		const begun = await claims(paid, owner).begin();
		if (typeof begun === 'string') throw new Error(begun);
		return begun;
	};

	it('the next one begins where the first has failed, and not where it is done', async () => {
		await (await begin('a')).end(false);
		await (await begin('b')).end(true);
		expect(await claims(paid, 'c').begin()).toBe('known');
	});

	it('the next one waits for the first, but not for ever', async () => {
		const first = await begin('a');
		const second = claims(paid, 'b').begin();
		await first.end(true);
		expect(await second).toBe('known');

		store = new MemoryClaims();
		const stalled = await begin('a');
		expect(await claims(paid, 'b').begin()).toBe('underWay');
		await stalled.end(false);
	});

	it('the end is recorded once the database is there again, and nobody begins meanwhile', async () => {
		const first = await begin('a');
		store.isAway = true;
		await expect(first.end(true)).rejects.toThrow('no database');
		store.isAway = false;
		expect(await claims(paid, 'b').begin()).toBe('known');
	});

	it('nobody guesses where the database is away', async () => {
		store.isAway = true;
		await expect(claims(paid).claim()).rejects.toThrow('no database');
		await expect(claims(paid).begin()).rejects.toThrow('no database');
	});
});
