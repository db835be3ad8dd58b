import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { emitPolled } from '../../nodes/shared/n8n/emitPolled';
import { createEngine } from '../engine/harness/engine.mts';
import type { Poller } from '../engine/harness/poll.mts';

const ITEMS = [{ json: { order: 'P1' } }];

/**
 * A polling node that always finds the same, and counts what n8n could start nothing with.
 *
 * @param execute what its executions put out of what comes in, if not all
 */
function pollerOf(execute?: INodeType['execute']): { poller: Poller; lost: () => number } {
	let lost = 0;
	class ProbePoll implements INodeType {
		description: INodeTypeDescription = {
			displayName: 'Probe Poll',
			name: 'probePoll',
			group: ['trigger'],
			version: 1,
			description: 'Finds what the test says',
			defaults: { name: 'Probe Poll' },
			polling: true,
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		};
		execute = execute;
		poll: INodeType['poll'] = async function () {
			return emitPolled(this, [ITEMS], () => (lost += 1)) ? null : [ITEMS];
		};
	}
	const engine = createEngine({ nodes: [new ProbePoll()], credentialTypes: [] });
	return { poller: engine.openPoller(), lost: () => lost };
}

it('What a poll has found starts one execution, emitted or returned', async () => {
	const { poller, lost } = pollerOf();
	await poller.activate();
	await poller.poll();
	expect(poller.executions).toMatchObject([ITEMS, ITEMS]);
	expect(lost()).toBe(0);
});

it('Where n8n tells it, the poll hears that nothing was started', async () => {
	const { poller, lost } = pollerOf();
	await poller.activate();
	poller.storesNothing = true;
	const { emits } = await poller.poll();
	expect(lost()).toBe(emits ? 1 : 0);
});

it('What a poll has found comes through execute() of its node, and so does a run in the editor', async () => {
	const modes: string[] = [];
	const { poller } = pollerOf(async function () {
		modes.push(this.getMode());
		return [this.getInputData().map(({ json }) => ({ json: { ...json, passed: true } }))];
	});
	await poller.activate();
	expect(poller.executions).toMatchObject([[{ json: { order: 'P1', passed: true } }]]);
	expect((await poller.test()).items).toMatchObject([{ json: { passed: true } }]);
	expect(modes).toEqual(['trigger', 'manual']);
});

it('An execution in which execute() puts out nothing ends there', async () => {
	const { poller } = pollerOf(async () => [[]]);
	await poller.activate();
	expect(poller.executions).toEqual([[]]);
});
