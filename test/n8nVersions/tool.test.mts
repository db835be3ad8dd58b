import { runningExecution } from '../../nodes/shared/n8n/tool';
import { engineOf, oneItem } from './probes.mts';

it('What is kept of an execution is one thing for all calls of a tool, and another in the next execution', async () => {
	const seen: object[] = [];
	const engine = engineOf(async (context) => {
		seen.push(runningExecution(context));
		return oneItem({ done: true });
	});
	const word = `={{ $fromAI('word', 'Any word', 'string') }}`;
	const twice = { parameters: { word }, calls: [{ word: 'hello' }, { word: 'hello' }] };
	await engine.runAsTool(twice);
	await engine.runAsTool(twice);
	expect(seen).toHaveLength(4);
	expect(seen[1]).toBe(seen[0]);
	expect(seen[3]).toBe(seen[2]);
	expect(seen[2]).not.toBe(seen[0]);
});
