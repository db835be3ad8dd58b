import { callerOf, isConnected } from '../../nodes/shared/n8n/caller';
import type { ExecutionIdentity } from '../engine/harness/run.mts';
import { MANUAL_TRIGGER, PASS_THROUGH } from '../engine/harness/nodeTypes.mts';
import { engineOf, oneItem, PROBE } from './probes.mts';
import { isSince } from './version.mts';

/** What a node finds that nothing precedes but the trigger, with something behind its second output. */
async function found(identity: ExecutionIdentity = {}) {
	const engine = engineOf(async (context) =>
		oneItem({
			caller: callerOf(context),
			connected: [0, 1, 2].map((output) => isConnected(context, output)),
		}),
	);
	const node = (name: string, type: string) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	});
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const { runData } = await engine.runWorkflow(
		{
			nodes: [node('Start', MANUAL_TRIGGER), node('Probe', PROBE), node('End', PASS_THROUGH)],
			connections: { Start: { main: [to('Probe')] }, Probe: { main: [[], to('End')] } },
		},
		identity,
	);
	return runData.Probe[0].data?.main[0]?.[0].json;
}

const parent = { executionId: '1', workflowId: 'caller' };

describe('Who has called a workflow', () => {
	it.each<[string, ExecutionIdentity, string]>([
		['nobody', {}, 'none'],
		['one that goes on by itself', { parentExecution: { ...parent, shouldResume: false } }, 'none'],
		['one that waits', { parentExecution: { ...parent, shouldResume: true } }, 'waits'],
		[
			'one that n8n resumes early',
			{ parentExecution: { ...parent, shouldResume: true }, token: '' },
			'goesOn',
		],
		['one that does not say', { parentExecution: parent }, 'goesOn'],
	])('is known: %s', async (_, identity, caller) => {
		// Where n8n knows no token it hands nothing on.
		const expected = caller === 'waits' && !isSince('2.14') ? 'goesOn' : caller;
		expect(await found(identity)).toMatchObject({ caller: expected });
	});
});

it('Which outputs are connected is known', async () => {
	expect(await found()).toMatchObject({ connected: [false, true, false] });
});
