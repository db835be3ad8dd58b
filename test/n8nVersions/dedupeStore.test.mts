import { recordIfNew } from '../../nodes/shared/n8n/dedupeStore';
import { installSeenStore } from '../engine/harness/seenStore.mts';
import { engineOf, oneItem } from './probes.mts';

beforeAll(installSeenStore);

it('A key is new once for a node, also in another execution', async () => {
	const engine = engineOf(async (context) =>
		oneItem({ isNew: await recordIfNew(context, 'order.paid/P1', 100) }),
	);
	const run = { mode: 'trigger' as const, workflowId: 'w1' };
	expect((await engine.runNode(run)).json).toEqual([{ isNew: true }]);
	expect((await engine.runNode(run)).json).toEqual([{ isNew: false }]);
	expect((await engine.runNode({ ...run, nodeId: 'another' })).json).toEqual([{ isNew: true }]);
});

it('The oldest key is forgotten when there are more than the store is to keep', async () => {
	const engine = engineOf(async (context) => {
		const isNew = [];
		for (const key of ['a', 'b', 'c', 'a']) isNew.push(await recordIfNew(context, key, 2));
		return oneItem({ isNew });
	});
	const { json } = await engine.runNode({ mode: 'trigger', workflowId: 'w2' });
	expect(json).toEqual([{ isNew: [true, true, true, true] }]);
});
