import { resumeUrl, WAKE_WEBHOOKS } from '../../nodes/shared/n8n/resumeUrl';
import { baseResumeUrl, runIndex } from '../../nodes/shared/n8n/workflowData';
import { engineOf, oneItem } from './probes.mts';

it('How often a node has run before is counted from 0', async () => {
	const engine = engineOf(async (context) => oneItem({ runIndex: runIndex(context) }));
	expect((await engine.runNode({})).json).toEqual([{ runIndex: 0 }]);
	expect((await engine.runNode({ runIndex: 2 })).json).toEqual([{ runIndex: 2 }]);
});

it('The address that resumes an execution names the execution', async () => {
	const engine = engineOf(async (context) => oneItem({ url: baseResumeUrl(context) }));
	const [{ url }] = (await engine.runNode({ executionId: '77' })).json;
	expect(new URL(String(url)).pathname).toBe('/webhook-waiting/77');
});

it('The address that wakes our node ends with the path of its webhook', async () => {
	const engine = engineOf(async (context) => oneItem({ url: resumeUrl(context) }));
	const [{ url }] = (await engine.runNode({ executionId: '77' })).json;
	expect(new URL(String(url)).pathname).toBe(`/webhook-waiting/77/${WAKE_WEBHOOKS[0].path}`);
});
