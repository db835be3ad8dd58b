import * as n8n from 'n8n-workflow';
import { Workflow, type IWebhookFunctions } from 'n8n-workflow';

import { answerAtOnce, AT_ONCE } from '../../nodes/shared/n8n/answerAtOnce';
import { describeByParameters } from '../../nodes/shared/n8n/webhookDescription';
import { RESPONSE } from '../../nodes/PonponPayTrigger/response';
import { NodeTypes } from '../engine/harness/nodeTypes.mts';
import { triggerOf } from './probes.mts';
import { isSince } from './version.mts';

const HAS_FUNCTIONS = isSince('2.41');

describe('The fields of a webhook', () => {
	it(`are ${HAS_FUNCTIONS ? 'functions' : 'expressions'} in this version`, () => {
		expect('webhookDescriptionFields' in n8n).toBe(HAS_FUNCTIONS);
		expect(Object.getOwnPropertySymbols(RESPONSE)).toHaveLength(HAS_FUNCTIONS ? 1 : 0);
	});

	it.each([
		[{ options: { respond: 'lastNode' } }, 'lastNode', 'noData'],
		[{ options: {} }, AT_ONCE, 'OK'],
	])(
		'read from %j say "%s" and "%s", as expressions and as functions',
		(parameters, mode, data) => {
			const workflow = new Workflow({
				nodes: [
					{
						id: '1',
						name: 'Trigger',
						type: 'n8n-nodes-base.noOp',
						typeVersion: 1,
						position: [0, 0],
						parameters,
					},
				],
				connections: {},
				active: false,
				nodeTypes: new NodeTypes([]),
			});
			const node = workflow.nodes.Trigger;
			node.parameters = parameters;
			const evaluate = (template: string | undefined) =>
				workflow.expression.getSimpleParameterValue(node, template, 'trigger', {});
			expect([evaluate(RESPONSE.responseMode as string), evaluate(RESPONSE.responseData)]).toEqual([
				mode,
				data,
			]);
			if (!HAS_FUNCTIONS) return;
			const description = {
				name: 'default' as const,
				httpMethod: 'POST' as const,
				path: '',
				...RESPONSE,
			};
			const call = (field: 'responseMode' | 'responseData') =>
				n8n.resolveWebhookDescriptionField(node, description, field);
			expect([call('responseMode'), call('responseData')]).toEqual([
				{ resolved: true, value: mode },
				{ resolved: true, value: data },
			]);
		},
	);

	it('carry one function for each field, or none', () => {
		const field = { template: '={{ 1 }}', resolve: () => '1' };
		const described = describeByParameters({ responseMode: field, responseData: field });
		expect({ ...described }).toMatchObject({
			responseMode: '={{ 1 }}',
			responseData: '={{ 1 }}',
		});
	});
});

describe('The answer about a started form', () => {
	const started = { formWaitingUrl: 'http://127.0.0.1/form-waiting/7' };
	const hasEngine = isSince('2.20') || (isSince('1.122') && !isSince('2.0'));

	it(
		HAS_FUNCTIONS
			? 'is left alone: n8n gives none here'
			: `becomes that of all deliveries${hasEngine ? ', and the expression engine is given back' : ''}`,
		async () => {
			let released = 0;
			const engine = triggerOf(async (context) => {
				const expression = engineGiver(context);
				if (expression?.releaseIsolate) {
					expression.releaseIsolate = async () => {
						released += 1;
					};
				}
				answerAtOnce(context);
				context.getResponseObject().send(started);
				return { noWebhookResponse: true };
			});
			const trigger = await engine.openTrigger();
			const { body } = await trigger.deliver({});
			expect(body).toBe(HAS_FUNCTIONS ? JSON.stringify(started) : 'OK');
			expect(released).toBe(!HAS_FUNCTIONS && hasEngine ? 1 : 0);
			await trigger.close();
		},
	);
});

/** What in n8n's context may have an expression engine to give back. */
function engineGiver(context: IWebhookFunctions) {
	const { workflow } = context as unknown as {
		workflow?: { expression?: { releaseIsolate?: () => Promise<void> } };
	};
	return workflow?.expression;
}
