import type { INodeParameters } from 'n8n-workflow';

import { PonponPay } from '../../../nodes/PonponPay/PonponPay.node';
import type { ExecutionIdentity, Item } from '../harness/run.mts';
import { account, engine } from './support.mts';

/** Nobody answers there: PonponPay is asked nothing. */
const NOWHERE = 'http://127.0.0.1:9';

describe('Webhook: Remove Duplicates', () => {
	let workflowId = '';
	let tests = 0;

	beforeEach(() => (workflowId = `duplicates-${(tests += 1)}`));

	const pass = async (
		items: Item[],
		{ mode = 'trigger', ...identity }: ExecutionIdentity = {},
		parameters: INodeParameters = {},
		credentials = account(NOWHERE),
	) =>
		await engine.runNode({
			parameters: {
				resource: 'webhook',
				operation: 'removeDuplicates',
				dedupeKey: '={{ $json.dedupeKey }}',
				...parameters,
			},
			credentials,
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

	it('costs the same, however many have passed, and forgets none', async () => {
		const keys = Array.from({ length: 300 }, (_, index) => event(`k${index}`));
		expect((await pass(keys)).json).toEqual(keys);
		expect((await pass([event('k0'), event('new')])).json).toEqual([event('new')]);
	});

	it('lets an event pass again when its execution is tried again after n8n was restarted', async () => {
		const events = ['a', 'b', 'c', 'd'].map(event);
		const first = await pass(events, { executionId: '4711' });
		expect(first.json).toEqual(events);
		const again = await pass(events, {
			executionId: '4712',
			mode: 'retry',
			retryOf: '4711',
			token: 'token-of-4711',
		});
		expect(again.json).toEqual(events);
		expect((await pass(events)).json).toEqual([]);
	});

	it('records nothing when it is executed by hand in the editor', async () => {
		for (let run = 0; run < 2; run += 1) {
			expect((await pass([event('a')], { mode: 'manual' })).json).toEqual([event('a')]);
		}
		expect((await pass([event('a')])).json).toEqual([event('a')]);
	});

	it('needs no credential, and the panel asks for none', async () => {
		expect((await pass([event('a')], {}, {}, {})).json).toEqual([event('a')]);
		const [credential] = new PonponPay().description.credentials ?? [];
		expect(credential.displayOptions?.hide?.operation).toContain('removeDuplicates');
	});

	it.each([
		['nothing', undefined, /^Key must not be empty when it is an expression/],
		['a blank', ' ', /^Key must not be empty when it is an expression/],
		['an object', { id: 1 }, /^Key must be a text/],
		['what an object turns into', '[object Object]', /stands for a missing value/],
	])('stops at a key that is %s, before anything is recorded', async (_what, dedupeKey, words) => {
		const bad = { dedupeKey } as unknown as Item;
		expect((await pass([event('a'), bad])).error?.message).toMatch(words);
		expect((await pass([event('a')])).json).toEqual([event('a')]);
	});
});
