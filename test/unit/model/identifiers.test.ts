import {
	deriveId,
	LONGEST_ID,
	requireKnownId,
	requireNewId,
	successorId,
} from '../../../nodes/shared/model/identifiers';
import { InvalidInput } from '../../../nodes/shared/model/invalidInput';

const IDENTITY = {
	instanceId: 'a3f1',
	workflowId: 'kPq2',
	execution: { number: '1042' },
	nodeId: 'e1a7d7c6-0f59-4d6f-8a0f-1f0f3c6b7d05',
	runIndex: 0,
	itemIndex: 0,
};

const DRAWN = { ...IDENTITY, execution: { drawn: 'b7c1' } };

describe('an id made for an item', () => {
	it('is the same whenever the same item is tried again', () => {
		expect(deriveId('order', { ...IDENTITY })).toBe(deriveId('order', IDENTITY));
	});

	it('keeps its form, because orders of running workflows are known by it', () => {
		expect(deriveId('order', DRAWN)).toBe('n8n-g7lcoh-1-2t3wocl2nxjjbv');
		expect(deriveId('order', IDENTITY)).toBe('n8n-1042-1-me6xl85soyz5ba');
	});

	it('shows what an execution made, and the item, counted from 1, to whoever looks in the dashboard', () => {
		expect(deriveId('order', { ...IDENTITY, itemIndex: 6 })).toMatch(/^n8n-1042-7-/);
		const [first, second] = [0, 1].map((itemIndex) => deriveId('order', { ...DRAWN, itemIndex }));
		expect(first).toMatch(/^n8n-[0-9a-z]{6}-1-[0-9a-z]{14}$/);
		expect(second.slice(0, 10)).toBe(first.slice(0, 10));
		expect(second).toMatch(/^n8n-[0-9a-z]{6}-2-/);
	});

	it('shows nothing of what n8n has drawn', () => {
		expect(deriveId('order', DRAWN)).not.toContain('b7c1');
	});

	it.each([
		['purpose', deriveId('refund', IDENTITY)],
		['installation', deriveId('order', { ...IDENTITY, instanceId: 'b3f1' })],
		['workflow', deriveId('order', { ...IDENTITY, workflowId: 'kPq3' })],
		['number of the execution', deriveId('order', { ...IDENTITY, execution: { number: '1043' } })],
		['what is drawn for it', deriveId('order', DRAWN)],
		['kind of the two', deriveId('order', { ...IDENTITY, execution: { drawn: '1042' } })],
		['node', deriveId('order', { ...IDENTITY, nodeId: 'other' })],
		['run in a loop', deriveId('order', { ...IDENTITY, runIndex: 1 })],
		['item', deriveId('order', { ...IDENTITY, itemIndex: 1 })],
	])('differs with the %s', (_difference, id) => {
		expect(id).not.toBe(deriveId('order', IDENTITY));
	});

	it('does not mix up neighbouring parts', () => {
		const one = deriveId('order', { ...IDENTITY, runIndex: 1, itemIndex: 11 });
		const other = deriveId('order', { ...IDENTITY, runIndex: 11, itemIndex: 1 });
		expect(one.slice(-14)).not.toBe(other.slice(-14));
	});

	it('is unique over many items, runs and executions, also by its hash alone', () => {
		const ids = new Set<string>();
		for (let executionId = 1; executionId <= 10; executionId += 1) {
			for (let runIndex = 0; runIndex < 10; runIndex += 1) {
				for (let itemIndex = 0; itemIndex < 200; itemIndex += 1) {
					const execution = { number: String(executionId) };
					const identity = { ...IDENTITY, execution, runIndex, itemIndex };
					ids.add(deriveId('order', identity).slice(-14));
				}
			}
		}
		expect(ids.size).toBe(20_000);
	});

	it.each([
		['1', 0],
		['1042', 999_999],
		['123456789012345678901234567890', 12],
		['550e8400-e29b-41d4-a716-446655440000', 3],
		['a/b c"ü', 0],
		['', 0],
	])('is an id PonponPay takes, for execution %p and item %i', (number, itemIndex) => {
		const id = deriveId('order', { ...IDENTITY, execution: { number }, itemIndex });
		expect(id).toMatch(/^n8n-[0-9A-Za-z-]+$/);
		expect(id.length).toBeLessThanOrEqual(LONGEST_ID);
		expect(requireNewId('Merchant Order ID', id)).toBe(id);
	});

	it('stays unique where a long execution id leaves no room for the item', () => {
		const execution = { number: '123456789012345678901234567890' };
		const ids = [0, 1].map((itemIndex) => deriveId('order', { ...IDENTITY, execution, itemIndex }));
		expect(ids[0]).not.toBe(ids[1]);
	});
});

describe('an id the user typed', () => {
	it.each([
		['shop-1042', 'shop-1042'],
		['A'.repeat(32), 'A'.repeat(32)],
		['#1042/2', '#1042/2'],
		['annullierung-7', 'annullierung-7'],
		['shop-nancy', 'shop-nancy'],
	])('may be %p when it is new', (given, id) => {
		expect(requireNewId('Merchant Order ID', given)).toBe(id);
	});

	it.each([
		['A'.repeat(33), /must have at most 32 characters, and this has 33\. It is "A{33}"\.$/],
		['shop 1042', /must consist of plain letters.*It is "shop 1042"\.$/],
		['shop\n1042', /must consist of plain letters/],
		['bestellung-ü', /must consist of plain letters/],
		['shop-undefined', /must be whole, and undefined in it stands for a missing value/],
		['shopundefined', /must be whole/],
		['shop_null', /must be whole, and null in it/],
		['NaN-1042', /must be whole, and NaN in it/],
	])('may not be %p when it is new, and is told why', (given, message) => {
		expect(() => requireNewId('Merchant Order ID', given)).toThrow(InvalidInput);
		expect(() => requireNewId('Merchant Order ID', given)).toThrow(message);
	});

	it.each(['shop 1042', 'bestellung-ü', '订单 7', 'shop-undefined', 'A'.repeat(128)])(
		'may be %p when something is looked up by it',
		(id) => expect(requireKnownId('Trade ID', id)).toBe(id),
	);

	it.each([
		['A'.repeat(129), /must have at most 128 characters, and this has 129/],
		['shop\n1042', /must not hold line breaks or invisible characters/],
		['shop\u200b1042', /must not hold line breaks or invisible characters/],
	])('may not be %p when something is looked up by it', (id, message) => {
		expect(() => requireKnownId('Trade ID', id)).toThrow(message);
	});
});

describe('an id of what takes the place of something', () => {
	it('is the id with a number behind it, and the same whenever it is asked for', () => {
		expect(successorId('shop-1042', 2)).toBe('shop-1042-2');
		expect(successorId('shop-1042', 3)).toBe(successorId('shop-1042', 3));
	});

	it('stays a new id however long the first one is, and keeps apart what differs only at its end', () => {
		const long = ['x'.repeat(30), `${'x'.repeat(30)}a`, `${'x'.repeat(31)}b`];
		const successors = [2, 3, 20].flatMap((number) => long.map((id) => successorId(id, number)));
		for (const id of successors) expect(requireNewId('ID', id)).toBe(id);
		expect(new Set(successors).size).toBe(9);
	});
});
