import type { IExecuteFunctions } from 'n8n-workflow';

import { onExecutionEnd } from '../../nodes/shared/n8n/executionEnd';
import { ignoreAlwaysOutputData, stopOnFailure } from '../../nodes/shared/n8n/nodeSettings';
import { engineOf, oneItem } from './probes.mts';

/** A node that hears how its execution ends. */
function hearing(rest: (context: IExecuteFunctions) => Promise<void> | void) {
	const heard: Array<boolean | 'nothing'> = [];
	const engine = engineOf(async (context) => {
		const isHeard = onExecutionEnd(context, async (isDone) => void heard.push(isDone));
		if (!isHeard) heard.push('nothing');
		await rest(context);
		return oneItem({});
	});
	return { engine, heard };
}

it.each<[string, (context: IExecuteFunctions) => Promise<void> | void, boolean]>([
	['done where it has succeeded', () => {}, true],
	[
		'done where it pauses',
		async (context) => await context.putExecutionToWait(new Date('2099-01-01')),
		true,
	],
	[
		'failed where a node has stopped it',
		() => {
			throw new Error('A node stopped');
		},
		false,
	],
])('The end of an execution is heard: %s', async (_, rest, isDone) => {
	const { engine, heard } = hearing(rest);
	await engine.runNode({});
	expect(heard).toEqual([isDone]);
});

it('A node that stops is not made to pass on what came in', async () => {
	const engine = engineOf(async (context) => {
		stopOnFailure(context);
		throw new Error('Not this one');
	});
	const { error, outputs } = await engine.runNode({ onError: 'continueRegularOutput' });
	expect(error?.message).toBe('Not this one');
	expect(outputs.flat()).toEqual([]);
});

it('A node that puts out nothing is not made to put out an item of nothing', async () => {
	const engine = engineOf(async (context) => {
		ignoreAlwaysOutputData(context);
		return [[]];
	});
	const { outputs } = await engine.runNode({ alwaysOutputData: true });
	expect(outputs.flat()).toEqual([]);
});
