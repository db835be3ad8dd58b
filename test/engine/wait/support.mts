import type { IDataObject, INode, INodeParameters, IRunExecutionData } from 'n8n-workflow';
import { account, engine, locator } from '../action/support.mts';
import { MANUAL_TRIGGER, PACKAGE, PASS_THROUGH } from '../harness/nodeTypes.mts';
import type { NodeSettings, RunOutcome, WorkflowJson } from '../harness/run.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';

/** What the outputs of the waiting node lead to, the last one only where it has an error output. */
export const ENDS = ['Not Paid', 'Paid', 'Failed'] as const;

export type Ends = Record<(typeof ENDS)[number], IDataObject[]>;

const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
	id: `node-${name}`,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

/** "Start", then a waiting node, then a node for each way out of it; or for those named. */
export function waitingWorkflow(
	parameters: INodeParameters,
	settings: NodeSettings,
	ways: readonly string[] = ENDS,
): WorkflowJson {
	const waiting = node('Wait', `${PACKAGE}.ponponPay`, {
		parameters: { resource: 'order', learnBy: 'polling', ...parameters },
		credentials: { ponponPayApi: { id: 'ponponPayApi', name: 'ponponPayApi' } },
		waitBetweenTries: 1,
		...settings,
	});
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		nodes: [node('Start', MANUAL_TRIGGER), waiting, ...ENDS.map((end) => node(end, PASS_THROUGH))],
		connections: {
			Start: { main: [to('Wait')] },
			Wait: { main: ENDS.map((end) => (ways.includes(end) ? to(end) : [])) },
		},
	};
}

/** "Wait for Payment" for the orders of the items that come in. */
export const wait: INodeParameters = {
	operation: 'wait',
	order: locator('tradeId', '={{ $json.tradeId }}'),
	// One try, so that no test waits between two.
	options: { mostTries: 1 },
};

export const createAndWait: INodeParameters = {
	operation: 'createAndWait',
	amount: '12',
	currency: locator('id', 'USDT'),
	network: locator('id', 'tron'),
	options: { mostTries: 1 },
};

/** Lets the waiting node begin; the execution is suspended afterwards, unless nothing is open. */
export async function begin(
	sandbox: Sandbox,
	parameters: INodeParameters,
	items: IDataObject[],
	settings: NodeSettings = {},
): Promise<RunOutcome> {
	return await engine.runWorkflow(waitingWorkflow(parameters, settings), {
		credentials: account(sandbox.url, sandbox.apiKey),
		items,
	});
}

/** What has left by each output in all runs so far, in their order. */
export function ends({ runData }: RunOutcome): Ends {
	return Object.fromEntries(
		ENDS.map((end) => [
			end,
			(runData[end] ?? []).flatMap(({ data }) => data?.main?.[0] ?? []).map(({ json }) => json),
		]),
	) as Ends;
}

/** The trade ids of what has left: by Paid, by the error output, or by Not Paid for a reason. */
export function left(outcome: RunOutcome): Record<string, unknown[]> {
	const found: Record<string, unknown[]> = {};
	for (const [end, items] of Object.entries(ends(outcome))) {
		for (const { tradeId, reason } of items) {
			(found[end === 'Not Paid' ? String(reason) : end] ??= []).push(tradeId);
		}
	}
	return found;
}

export function stackOf(data: IRunExecutionData) {
	const stack = data.executionData?.nodeExecutionStack;
	if (stack === undefined) throw new Error('There is no stack');
	return stack;
}
