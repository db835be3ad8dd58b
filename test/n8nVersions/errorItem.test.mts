import { errorJson } from '../../nodes/shared/n8n/errorItem';
import { engineOf } from './probes.mts';

it.each([
	['with a description', errorJson('It failed', 'Try again'), 1],
	['without one', errorJson('It failed'), 1],
	['with an empty description', errorJson('It failed', ''), 1],
	['beside anything else', { ...errorJson('It failed', 'Try again'), order: 'P1' }, 0],
])(
	'A failed item %s leaves by n8n’s error output, if n8n takes it for one',
	async (_, json, output) => {
		const engine = engineOf(async () => [[{ json, pairedItem: { item: 0 } }]], { outputs: 1 });
		const { outputs } = await engine.runNode({ onError: 'continueErrorOutput' });
		expect(outputs[output].map((item) => item.json)).toEqual([json]);
		expect(outputs[1 - output] ?? []).toEqual([]);
	},
);
