import { randomUUID } from 'node:crypto';

import { ClaimStore } from '../../nodes/shared/n8n/claimStore';
import { installSeenStore } from '../engine/harness/seenStore.mts';
import { engineOf, oneItem } from './probes.mts';

beforeAll(installSeenStore);

const identity = () => ({ mode: 'trigger' as const, workflowId: randomUUID() });

it('A key is claimed once, until it is released; its owner may ask again', async () => {
	const engine = engineOf(async (context) => {
		const store = new ClaimStore(context);
		const seen = [
			await store.isClaimed('k'),
			await store.claim('k', 'a'),
			await store.claim('k', 'b'),
			await store.claim('k', 'a'),
			await store.claim('other', 'b'),
			await store.isClaimed('k'),
		];
		await store.release('k');
		return oneItem({ seen: [...seen, await store.isClaimed('k'), await store.claim('k', 'b')] });
	});
	const { json } = await engine.runNode(identity());
	expect(json).toEqual([{ seen: [false, 'mine', 'taken', 'mine', 'mine', true, false, 'mine'] }]);
});

it('Of many who claim a key at once, in one execution or several, one has it', async () => {
	const engine = engineOf(async (context) => {
		const store = new ClaimStore(context);
		const owners = Array.from({ length: 5 }, (_, index) => `${context.getExecutionId()}/${index}`);
		const claims = await Promise.all(owners.map(async (owner) => await store.claim('k', owner)));
		return oneItem({ mine: claims.filter((claim) => claim === 'mine').length });
	});
	const run = identity();
	const outcomes = await Promise.all(
		['1', '2', '3'].map(async (executionId) => await engine.runNode({ ...run, executionId })),
	);
	const mine = outcomes.flatMap(({ json }) => json.map((item) => Number(item.mine)));
	expect(mine.sort()).toEqual([0, 0, 1]);
});

it('Claims of two nodes are apart, and the store tells that keys are, too', async () => {
	const engine = engineOf(async (context) => {
		const store = new ClaimStore(context);
		const works = await store.works(`${context.getNode().id} ${context.getExecutionId()}`);
		return oneItem({ works, claim: await store.claim('k', context.getNode().id) });
	});
	const run = identity();
	for (const nodeId of ['one', 'two']) {
		const { json } = await engine.runNode({ ...run, nodeId });
		expect(json).toEqual([{ works: true, claim: 'mine' }]);
	}
});

it('A store that keeps one row for all keys is found out', async () => {
	const engine = engineOf(async (context) => {
		// As if n8n looked at the ID of the node elsewhere.
		const store = new ClaimStore({
			...context,
			helpers: context.helpers,
			getExecuteData: () => ({ node: {} }),
		} as never);
		return oneItem({ works: await store.works('random') });
	});
	expect((await engine.runNode(identity())).json).toEqual([{ works: false }]);
});
