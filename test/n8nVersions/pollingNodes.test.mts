import { NodeConnectionTypes } from 'n8n-workflow';
import type { INode, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { pollingNodes } from '../../nodes/shared/n8n/pollingNodes';
import { triggerOf } from './probes.mts';

class Poller implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe Poller',
		name: 'probePoller',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Poller' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};
}

const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type: `n8n-nodes-ponponpay.${type}`,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

it('The triggers that n8n asks at intervals are known to another trigger of the workflow', async () => {
	const seen: string[][] = [];
	const engine = triggerOf(async () => ({}), {
		create: async (context) => {
			seen.push(pollingNodes(context));
			return true;
		},
		nodes: [new Poller()],
	});
	const trigger = await engine.openTrigger({
		others: [
			node('Mail', 'probePoller'),
			node('Switched off', 'probePoller', { disabled: true }),
			node('Another', 'probeTrigger'),
		],
	});
	await trigger.activate();
	expect(seen).toEqual([['Mail']]);
	await trigger.close();
});
