import { onAnswer } from '../../nodes/shared/n8n/httpResponse';
import { readRawBody } from '../../nodes/shared/n8n/rawBody';
import { respondRefusal } from '../../nodes/shared/n8n/respondRefusal';
import { refuse } from '../../nodes/shared/signature/refusal';
import { RefusalLog } from '../../nodes/shared/signature/refusalLog';
import { triggerOf } from './probes.mts';

it.each([
	['n8n gives when it has started the execution', {}, 200],
	['n8n gives when the execution could not be started', { cannotStart: true }, 500],
])('The status of the answer is heard that %s', async (_, setup, status) => {
	const heard: number[] = [];
	const engine = triggerOf(async (context) => {
		onAnswer(context.getResponseObject(), (given) => heard.push(given));
		return { workflowData: [[{ json: {} }]] };
	});
	const trigger = await engine.openTrigger(setup);
	expect((await trigger.deliver({})).status).toBe(status);
	expect(heard).toEqual([status]);
	await trigger.close();
});

it.each(['application/json', 'application/octet-stream'])(
	'The body of a request (%s) is had byte for byte',
	async (type) => {
		const sent = '{ "amount":1.10,\n"paid": 10000000000000000001 }';
		const bodies: string[] = [];
		const engine = triggerOf(async (context) => {
			bodies.push((await readRawBody(context)).toString('utf8'));
			return {};
		});
		const trigger = await engine.openTrigger();
		await trigger.deliver({ body: sent, headers: { 'content-type': type } });
		expect(bodies).toEqual([sent]);
		await trigger.close();
	},
);

it('A delivery that is refused gets the status of its refusal, past n8n', async () => {
	const refusals = new RefusalLog(() => 0);
	const engine = triggerOf(
		async (context) => await respondRefusal(context, refuse('wrongSignature'), refusals, 'Refused'),
	);
	const trigger = await engine.openTrigger();
	const { status, items } = await trigger.deliver({});
	expect({ status, items }).toEqual({ status: 401, items: undefined });
	await trigger.close();
});
