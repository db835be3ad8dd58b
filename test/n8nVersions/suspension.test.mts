import { WebhookContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { INode, IRunExecutionData, IWebhookData } from 'n8n-workflow';
import { parse } from 'flatted';

import { ignoreAlwaysOutputData } from '../../nodes/shared/n8n/nodeSettings';
import { findSuspension, recallSuspension, suspend } from '../../nodes/shared/n8n/suspension';
import { additionalDataFor } from '../engine/harness/additionalData.mts';
import { CredentialsHelper } from '../engine/harness/credentials.mts';
import { NodeTypes } from '../engine/harness/nodeTypes.mts';
import { engineOf, PROBE } from './probes.mts';

const LATER = new Date('2099-01-01T00:00:00.000Z');

/** Suspends once with a state, and puts on output 2 what it finds when it runs again. */
const waiter = (alwaysOutputsNothing = false) =>
	engineOf(async (context) => {
		if (alwaysOutputsNothing) ignoreAlwaysOutputData(context);
		const state = recallSuspension(context);
		if (state === undefined) {
			await suspend(context, { id: 'first', orders: ['A', 'B'] }, LATER);
			return [context.getInputData()];
		}
		return [[], [], [{ json: { state: state as object }, pairedItem: { item: 0 } }]];
	});

const STATE = { state: { id: 'first', orders: ['A', 'B'] } };

describe('A suspended execution', () => {
	it('is stored as waiting until the time asked for', async () => {
		const { saved, status } = await waiter().runNode({});
		expect(status).toBe('waiting');
		expect(new Date((parse(saved.data) as IRunExecutionData).waitTill!)).toEqual(LATER);
	});

	it.each([
		['the time is up', {}],
		['a webhook wakes it', { webhookData: [[]] }],
		['a webhook wakes it with an item of nothing', { webhookData: [[{ json: {} }]] }],
	])('runs the node once more, which knows what it left, when %s', async (_, wakeUp) => {
		const engine = waiter();
		const woken = await engine.resumeExecution(await engine.runNode({}), wakeUp);
		const runs = woken.runData.PonponPay ?? [];
		const outputs = runs.at(-1)?.data?.main ?? [];
		expect(woken.status).toBe('success');
		expect(outputs.map((output) => (output ?? []).map(({ json }) => json))).toEqual([
			[],
			[],
			[STATE],
		]);
	});

	it('puts out nothing of its own with "Always Output Data"', async () => {
		const engine = waiter(true);
		const first = await engine.runNode({ alwaysOutputData: true });
		const woken = await engine.resumeExecution(first);
		const [output] = woken.runData.PonponPay?.at(-1)?.data?.main ?? [];
		expect(output).toEqual([]);
	});

	it('shows its webhook what it waits for', async () => {
		const { saved } = await waiter().runNode({});
		const engineTypes = new NodeTypes([stub()]);
		const workflow = new Workflow({
			...saved.workflow,
			id: saved.workflowId,
			active: false,
			nodeTypes: engineTypes,
		});
		const node: INode = workflow.nodes.PonponPay;
		const additionalData = additionalDataFor({ credentialsHelper: new CredentialsHelper([], {}) });
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'trigger',
			{} as IWebhookData,
			[],
			parse(saved.data) as IRunExecutionData,
		);
		expect(findSuspension(context)).toEqual(STATE.state);
	});
});

/** A node type under the probe's name, for a workflow that is not run. */
function stub() {
	return {
		description: {
			displayName: 'Probe',
			name: PROBE.split('.')[1],
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: [],
			outputs: [],
			properties: [],
		},
	};
}
