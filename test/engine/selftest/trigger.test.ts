import { createEngine } from '../harness/engine.mts';
import type { Trigger, TriggerSetup } from '../harness/trigger.mts';
import { ProbeTrigger } from './probeTrigger.mts';

describe('A trigger in the engine harness', () => {
	const engine = createEngine({ nodes: [new ProbeTrigger()], credentialTypes: [] });
	let trigger: Trigger;

	const open = async (setup: TriggerSetup = {}) => (trigger = await engine.openTrigger(setup));
	afterEach(async () => await trigger.close());

	it('receives the exact bytes and doubled headers, and starts an execution', async () => {
		await open();
		const outcome = await trigger.deliver({
			body: '{ "amount": 1.50 }\n',
			headers: { 'x-signature': ['a', 'b'] },
		});
		expect(outcome).toMatchObject({ status: 200, body: 'OK' });
		expect(outcome.items?.[0].json).toMatchObject({
			raw: '{ "amount": 1.50 }\n',
			headers: { 'x-signature': 'a, b' },
		});
		expect(trigger.executions).toHaveLength(1);
	});

	it.each([
		['refuse', 401, '{"message":"no"}'],
		['ignore', 200, 'ignored'],
		['nothing', 200, '{"message":"Webhook call received"}'],
		['hang', 599, 'The node answered nothing'],
	])('answers as n8n does when the node says "%s"', async (what, status, body) => {
		await open();
		expect(await trigger.deliver({ body: { do: what } })).toMatchObject({ status, body });
		expect(trigger.executions).toEqual([]);
		expect(trigger.nodeData()).toEqual({ seen: true });
	});

	it('answers 500 and remembers the crash when the node throws', async () => {
		await open();
		const outcome = await trigger.deliver({ body: { do: 'crash' } });
		expect(outcome.status).toBe(500);
		expect(trigger.crashes).toEqual([new TypeError('crashed')]);
	});

	it('loses static data written by a webhook that starts an execution, as n8n does', async () => {
		await open();
		await trigger.deliver({ body: {} });
		expect(trigger.nodeData()).toEqual({});
	});

	it('refuses a JSON body that is no JSON before the node sees it', async () => {
		await open();
		expect((await trigger.deliver({ body: '{' })).status).toBe(422);
	});

	it('answers 500 for a failed workflow when the answer waits for its end', async () => {
		await open({
			parameters: { respond: 'lastNode' },
			onExecution: () => {
				throw new Error('a node failed');
			},
		});
		expect((await trigger.deliver({ body: {} })).status).toBe(500);
	});

	it('keeps static data from activation to deactivation', async () => {
		await open();
		expect((await trigger.activate()).result).toBe(true);
		expect(trigger.nodeData()).toEqual({ hook: trigger.url });
		const again = await trigger.callHook('checkExists');
		expect(again.result).toBe(true);
		const gone = await trigger.deactivate();
		expect(gone.logs).toMatchObject([{ level: 'warn', message: 'removing' }]);
		expect(trigger.nodeData()).toEqual({});
	});

	it('has the test URL when the editor listens for a test event', async () => {
		await open({ isTest: true });
		expect(trigger.url).toContain('/webhook-test/');
		expect((await trigger.deliver({ body: {} })).status).toBe(200);
	});

	it('fills lists from the parameters as they stand in the panel', async () => {
		await open();
		const parameters = { respond: 'lastNode' };
		expect(await engine.loadOptions('words', { parameters })).toEqual([
			{ name: 'lastNode', value: 'w' },
		]);
		const found = await engine.listSearch('letters', {
			parameters,
			filter: 'x',
			paginationToken: '2',
		});
		expect(found.results).toEqual([{ name: 'x 2 lastNode', value: 'a' }]);
	});
});
