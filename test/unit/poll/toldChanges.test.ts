import type { Change, Seen } from '../../../nodes/PonponPayPollTrigger/orderWatch';
import type * as Room from '../../../nodes/PonponPayPollTrigger/toldChanges';
import { toOrder } from '../../../nodes/shared/model/order';

const context = {
	getInstanceId: () => 'n8n',
	getWorkflow: () => ({ id: 'W1', name: 'Shop', active: true }),
	getNode: () => ({
		id: 'N1',
		name: 'Poll',
		type: 'poll',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	}),
};

const BEFORE: Seen = [1_790_000_000, 'order.pending'];

const paid = (id: string): Change => ({
	id,
	order: toOrder({ trade_id: id, status: 2 }),
	event: 'order.paid',
	before: BEFORE,
});

describe('What became of what a poll has told', () => {
	let room: typeof Room;
	let history: Room.ToldChanges;

	beforeEach(() => {
		// Each test is a process of its own.
		jest.isolateModules(() => {
			room = jest.requireActual<typeof Room>('../../../nodes/PonponPayPollTrigger/toldChanges');
		});
		history = new room.ToldChanges(context);
	});

	it('is lost where n8n says so, until the next poll has taken it', () => {
		history.lose({ A: BEFORE });
		history.lose({ B: BEFORE });
		expect(history.takeLost()).toEqual({ A: BEFORE, B: BEFORE });
		expect(history.takeLost()).toEqual({});
	});

	it('is lost where n8n says nothing and executions come here, however often', () => {
		history.arrive(room.changeKey(paid('earlier')));
		for (let round = 0; round < 3; round += 1) {
			history.expect([paid('A')], round === 0 ? {} : { A: BEFORE });
			expect(history.takeLost()).toEqual({ A: BEFORE });
		}
		history.expect([paid('A')], { A: BEFORE });
		history.arrive(room.changeKey(paid('A')));
		expect(history.takeLost()).toEqual({});
	});

	it('is told once more where executions run in other processes, and no more than that', () => {
		history.expect([paid('A')], {});
		expect(history.takeLost()).toEqual({ A: BEFORE });
		history.expect([paid('A'), paid('B')], { A: BEFORE });
		expect(history.takeLost()).toEqual({ B: BEFORE });
		history.expect([paid('B')], { B: BEFORE });
		expect(history.takeLost()).toEqual({});
	});

	it('is told by an item under the key of its change', () => {
		const [change] = [paid('A')];
		const json = { event: change.event, order: { tradeId: 'A', merchantOrderId: 'shop-1' } };
		expect(room.changeKeyOf(json)).toBe(room.changeKey(change));
		expect(room.changeKeyOf({})).toBeUndefined();
		expect(room.changeKeyOf({ event: 'order.paid', order: {} })).toBeUndefined();
	});
});
