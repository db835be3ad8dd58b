import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { emitPolled } from '../../nodes/shared/n8n/emitPolled';
import { createEngine } from '../engine/harness/engine.mts';
import type { Poller } from '../engine/harness/poll.mts';

const ITEMS = [{ json: { order: 'P1' } }];

/** A polling node that always finds the same, and counts what n8n could start nothing with. */
function pollerOf(): { poller: Poller; lost: () => number } {
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
	expect(poller.executions).toEqual([ITEMS, ITEMS]);
	expect(lost()).toBe(0);
});

it('Where n8n tells it, the poll hears that nothing was started', async () => {
	const { poller, lost } = pollerOf();
	await poller.activate();
	poller.storesNothing = true;
	const { emits } = await poller.poll();
	expect(lost()).toBe(emits ? 1 : 0);
});
