import { answerPast } from '../../nodes/shared/n8n/answerPast';
import { recordAnswer, type RecordedAnswer } from '../../nodes/shared/n8n/recordAnswer';
import { triggerOf } from './probes.mts';

it.each([
	['n8n gives when the workflow has finished', () => undefined, 200],
	[
		'n8n gives when the workflow did not come to its end',
		() => {
			throw new Error('not today');
		},
		500,
	],
])('The answer is heard that %s, and may be replaced', async (_, onExecution, status) => {
	const heard: RecordedAnswer[] = [];
	const engine = triggerOf(
		async (context) => {
			recordAnswer(context.getResponseObject(), {
				mostBytes: 1000,
				replace: (given) => (given === 500 ? { status: 503, body: { instead: true } } : undefined),
				onEnd: (answer) => heard.push(answer),
			});
			return { workflowData: [[{ json: {} }]] };
		},
		{ description: { responseMode: 'lastNode' } },
	);
	const trigger = await engine.openTrigger({ onExecution });
	const answer = await trigger.deliver({});
	const given = status === 500 ? 503 : status;
	expect(answer.status).toBe(given);
	expect(heard).toMatchObject([{ status: given, isWhole: true }]);
	expect(heard[0].body.toString()).toBe(answer.body);
	if (status === 500) expect(answer.body).toBe('{"instead":true}');
	await trigger.close();
});

it('A request is answered past n8n with a status, headers and a body', async () => {
	const engine = triggerOf(async (context) =>
		answerPast(context, 402, { 'X-Word': 'one' }, { pay: true }),
	);
	const trigger = await engine.openTrigger();
	const { status, headers, body, items } = await trigger.deliver({});
	expect({ status, body, items }).toEqual({ status: 402, body: '{"pay":true}', items: undefined });
	expect(headers['x-word']).toBe('one');
	await trigger.close();
});
