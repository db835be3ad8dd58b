import { nodeStaticData } from '../../nodes/shared/n8n/staticData';
import { triggerOf } from './probes.mts';

it('What the activation stores is there when a request comes, and what the request stores at the next', async () => {
	const seen: unknown[] = [];
	const engine = triggerOf(
		async (context) => {
			seen.push({ ...nodeStaticData(context) });
			nodeStaticData(context).requests = Number(nodeStaticData(context).requests ?? 0) + 1;
			return {};
		},
		{
			create: async (context) => {
				Object.assign(nodeStaticData(context), { webhookId: 'wh_1' });
				return true;
			},
		},
	);
	const trigger = await engine.openTrigger();
	await trigger.activate();
	await trigger.deliver({});
	await trigger.deliver({});
	expect(seen).toEqual([{ webhookId: 'wh_1' }, { webhookId: 'wh_1', requests: 1 }]);
	expect(trigger.nodeData()).toEqual({ webhookId: 'wh_1', requests: 2 });
	await trigger.close();
});

it('A renamed node starts with nothing', async () => {
	const seen: unknown[] = [];
	const engine = triggerOf(async (context) => {
		seen.push({ ...nodeStaticData(context) });
		return {};
	});
	const trigger = await engine.openTrigger({
		nodeName: 'New Name',
		staticData: { 'node:Old Name': { webhookId: 'wh_1' } },
	});
	await trigger.deliver({});
	expect(seen).toEqual([{}]);
	await trigger.close();
});
