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

	it('nobody guesses where the database is away', async () => {
		store.isAway = true;
		await expect(claims(paid).claim()).rejects.toThrow('no database');
		await expect(claims(paid).begin()).rejects.toThrow('no database');
	});
});
