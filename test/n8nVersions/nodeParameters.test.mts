import type { IDataObject } from 'n8n-workflow';

import { isExpression } from '../../nodes/shared/fields/field';
import { itemParameters, triggerParameters } from '../../nodes/shared/fields/parameters';
import { engineOf, oneItem, triggerOf } from './probes.mts';

describe('The parameters of a node', () => {
	const engine = engineOf(async (context) => {
		const { raw, value } = itemParameters(context, 0).given('word');
		return oneItem({
			raw: raw as string,
			isExpression: isExpression(raw),
			value: (value ?? null) as string | null,
		});
	});

	it.each([
		[
			'an expression that gave nothing',
			'={{ $json.nothing }}',
			{ isExpression: true, value: null },
		],
		['an expression', '={{ "hello" }}', { isExpression: true, value: 'hello' }],
		['a text', 'hello', { isExpression: false, value: 'hello' }],
		['left empty', '', { isExpression: false, value: '' }],
	])('tell what is stored: %s', async (_, word, expected) => {
		const [json] = (await engine.runNode({ parameters: { word } })).json;
		expect(json).toMatchObject({ raw: word, ...expected });
	});

	it('tell of a tool what the model is asked for', async () => {
		const word = `={{ $fromAI('word', 'Any word', 'string') }}`;
		const { calls } = await engine.runAsTool({ parameters: { word }, calls: [{ word: 'hello' }] });
		const [answer] = JSON.parse(calls[0].answer) as IDataObject[];
		expect(answer).toMatchObject({ raw: word, isExpression: true, value: 'hello' });
	});

	it('tell a trigger what is stored', async () => {
		const seen: unknown[] = [];
		const triggers = triggerOf(async (context) => {
			seen.push(triggerParameters(context, false).given('word'));
			return {};
		});
		const trigger = await triggers.openTrigger({ parameters: { word: '={{ 1 }}' } });
		await trigger.deliver({});
		expect(seen).toEqual([{ raw: '={{ 1 }}', value: 1 }]);
		await trigger.close();
	});
});
