import { parse, stringify } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';

import { executionToken, retryIdentity } from '../../nodes/shared/n8n/retryIdentity';
import type { RunOutcome } from '../engine/harness/run.mts';
import { engineOf, oneItem } from './probes.mts';
import { isSince } from './version.mts';

/** A node that fails in its first executions, and tells in which execution it first ran. */
function failing(times: number) {
	const seen: Array<ReturnType<typeof retryIdentity>> = [];
	const engine = engineOf(async (context) => {
		seen.push(retryIdentity(context));
		if (seen.length <= times) throw new Error('Not yet');
		return oneItem({});
	});
	return { engine, seen };
}

/** What n8n draws for an execution in the harness, or else its number. */
const first = (number: string) => (isSince('2.14') ? { drawn: `token-of-${number}` } : { number });

/** As n8n was killed: nothing that a node has left with the execution is stored, nor that it ran. */
function asKilled({ saved }: RunOutcome): Pick<RunOutcome, 'saved'> {
	const data = parse(saved.data) as IRunExecutionData;
	data.executionData!.contextData = {};
	data.resultData.runData = {};
	return { saved: { ...saved, data: stringify(data) } };
}

describe('The execution in which a node first ran', () => {
	it('is known to its retry, and to the retry of that', async () => {
		const { engine, seen } = failing(2);
		const failed = await engine.runNode({ executionId: '31' });
		const second = await engine.retryExecution(failed, { executionId: '32' });
		await engine.retryExecution(second, { executionId: '33' });
		expect(seen).toEqual(Array(3).fill({ execution: first('31'), isKnown: true }));
	});

	it(`is known ${isSince('2.14') ? 'however often n8n was killed' : 'no more after n8n was killed, which it says'}`, async () => {
		const { engine, seen } = failing(2);
		const killed = asKilled(await engine.runNode({ executionId: '41' }));
		const again = asKilled(await engine.retryExecution(killed, { executionId: '42' }));
		await engine.retryExecution(again, { executionId: '43' });
		expect(seen.slice(1)).toEqual(
			isSince('2.14')
				? Array(2).fill({ execution: first('41'), isKnown: true })
				: ['42', '43'].map((number) => ({ execution: { number }, isKnown: false })),
		);
	});

	it('is the retry for a node that the first execution did not reach', async () => {
		const { engine, seen } = failing(0);
		const data = await engine.runNode({ executionId: '51' });
		const stored = parse(data.saved.data) as IRunExecutionData;
		stored.executionData!.contextData = {};
		delete stored.resultData.runData.PonponPay;
		stored.executionData!.nodeExecutionStack = [
			{
				node: data.saved.workflow.nodes[1],
				data: { main: [[{ json: {} }]] },
				source: { main: [{ previousNode: 'Input' }] },
			},
		];
		const saved = { ...data.saved, data: stringify(stored), executionId: '' };
		await engine.retryExecution({ saved }, { executionId: '52' });
		expect(seen[1]).toEqual({
			execution: isSince('2.14') ? first('51') : { number: '52' },
			isKnown: true,
		});
	});
});

describe('What n8n draws for an execution', () => {
	it(
		isSince('2.14') ? 'is in its resume URL, also for a retry' : 'is nothing in this version',
		async () => {
			const tokens: string[] = [];
			const engine = engineOf(async (context) => {
				tokens.push(executionToken(context));
				if (tokens.length === 1) throw new Error('Not yet');
				return oneItem({});
			});
			const first = await engine.runNode({ executionId: '61', token: 'drawn' });
			await engine.retryExecution(first, { executionId: '62' });
			expect(tokens).toEqual(isSince('2.14') ? ['drawn', 'drawn'] : ['', '']);
		},
	);
});
