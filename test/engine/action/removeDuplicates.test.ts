import type { INodeParameters } from 'n8n-workflow';

import { installSeenStore } from '../harness/seenStore.mts';
import type { ExecutionIdentity, Item } from '../harness/run.mts';
import { account, engine } from './support.mts';

/** Nobody answers there: PonponPay is asked nothing. */
const NOWHERE = 'http://127.0.0.1:9';

describe('Webhook: Remove Duplicates', () => {
	let workflowId = '';
	let tests = 0;

	beforeAll(async () => await installSeenStore());
	beforeEach(() => (workflowId = `duplicates-${(tests += 1)}`));

	const pass = async (
		items: Item[],
		{ mode = 'trigger', ...identity }: ExecutionIdentity = {},
		parameters: INodeParameters = {},
	) =>
		await engine.runNode({
			parameters: {
				resource: 'webhook',
				operation: 'removeDuplicates',
				dedupeKey: '={{ $json.dedupeKey }}',
				...parameters,
			},
			credentials: account(NOWHERE),
			items,
			workflowId,
			mode,
			...identity,
		});

	const event = (dedupeKey: string) => ({ dedupeKey, order: { tradeId: dedupeKey } });

	it('lets an event pass as it is, once, whatever execution it comes in', async () => {
		const first = await pass([event('a'), event('b'), event('a')]);
		expect(first.json).toEqual([event('a'), event('b')]);
		expect(first.pairedWith).toEqual([0, 1]);
		expect((await pass([event('b'), event('c')])).json).toEqual([event('c')]);
	});

	it('is exact when many executions come at the same time', async () => {
		const keys = Array.from({ length: 20 }, (_, index) => `k${index % 10}`);
		const outcomes = await Promise.all(keys.map(async (key) => await pass([event(key)])));
		expect(outcomes.map(({ error }) => error)).toEqual(keys.map(() => undefined));
		const passed = outcomes.flatMap(({ json }) => json.map(({ dedupeKey }) => dedupeKey));
		expect(passed.sort()).toEqual([...new Set(keys)].sort());
		expect((await pass(keys.map(event))).json).toEqual([]);
	});

	it('lets an item pass again when n8n tries the same node again', async () => {
		const again = { executionId: '4711' };
		for (let run = 0; run < 2; run += 1) {
			expect((await pass([event('a')], again)).json).toEqual([event('a')]);
		}
		expect((await pass([event('a')])).json).toEqual([]);
	});

	it('keeps two workflows apart', async () => {
		await pass([event('a')]);
		expect((await pass([event('a')], { workflowId: `${workflowId}-copy` })).json).toHaveLength(1);
	});

	it('forgets the oldest instead of stopping when the history is full', async () => {
		const options = { historySize: 2, concurrency: 1 };
		await pass(['a', 'b', 'c'].map(event), {}, { options });
		const { json } = await pass([event('c'), event('a')], {}, { options });
		expect(json).toEqual([event('a')]);
	});

	it('records nothing when it is executed by hand in the editor', async () => {
		for (let run = 0; run < 2; run += 1) {
			expect((await pass([event('a')], { mode: 'manual' })).json).toEqual([event('a')]);
		}
		expect((await pass([event('a')])).json).toEqual([event('a')]);
	});

	it('stops at an event without a key', async () => {
		expect((await pass([{ order: {} }])).error?.message).toMatch(
			/^Key must not be empty when it is an expression/,
		);
	});
});
