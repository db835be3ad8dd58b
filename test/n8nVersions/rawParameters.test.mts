import type { IDataObject } from 'n8n-workflow';

import { isExpression, rawParameters } from '../../nodes/shared/n8n/rawParameters';
import { engineOf, oneItem, triggerOf } from './probes.mts';

describe('The parameters of a node', () => {
	const engine = engineOf(async (context) => {
		const { word } = rawParameters(context);
		return oneItem({
			raw: word ?? null,
			isExpression: isExpression(word),
			value: context.getNodeParameter('word', 0, '') as string,
		});
	});

	it.each([
		['an expression that gave nothing', '={{ $json.nothing }}', { isExpression: true }],
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
			seen.push(rawParameters(context).word);
			return {};
		});
		const trigger = await triggers.openTrigger({ parameters: { word: '={{ 1 }}' } });
		await trigger.deliver({});
		expect(seen).toEqual(['={{ 1 }}']);
		await trigger.close();
	});
});
