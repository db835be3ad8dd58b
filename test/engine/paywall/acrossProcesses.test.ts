import type { INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import type { PonponPayPaywallTrigger } from '../../../nodes/PonponPayPaywallTrigger/PonponPayPaywallTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { createEngine, type Engine } from '../harness/engine.mts';
import type { Trigger, TriggerSetup } from '../harness/trigger.mts';
import { callWith, jsonOf, paymentOf, paywall, proofFor, SHOP_WALLET } from './support.mts';

/** The address under which all processes of n8n sell the workflow. */
const resourceUrl = 'https://shop.example/webhook/answers';

/** The package as another process of n8n has loaded it, or the same one after a restart: it remembers nothing. */
function loadAnew(): Engine {
	let engine: Engine | undefined;
	jest.isolateModules(() => {
		const { PonponPayPaywallTrigger: Loaded } = jest.requireActual<{
			PonponPayPaywallTrigger: typeof PonponPayPaywallTrigger;
		}>('../../../nodes/PonponPayPaywallTrigger/PonponPayPaywallTrigger.node');
		engine = createEngine({ nodes: [new Loaded()], credentialTypes: [new PonponPayApi()] });
	});
	if (engine === undefined) throw new Error('jest loaded nothing');
	return engine;
}

let workflows = 0;

describe('A payment that comes to several processes of n8n', () => {
	let sandbox: Sandbox;
	let triggers: Trigger[];

	beforeEach(async () => {
		sandbox = await startSandbox();
		sandbox.x402.addResource({ url: resourceUrl, method: 'GET', payTo: SHOP_WALLET });
		triggers = [];
	});
	afterEach(async () => {
		expect(triggers.flatMap(({ crashes }) => crashes)).toEqual([]);
		for (const trigger of triggers) await trigger.close();
		await sandbox.close();
	});

	const open = async (
		parameters: INodeParameters = {},
		setup: TriggerSetup = {},
		options: INodeParameters = {},
	) => {
		workflows += 1;
		for (let process = 0; process < 2; process += 1) {
			const { url: customUrl, apiKey } = sandbox;
			const trigger = await loadAnew().openTrigger({
				workflowId: `sold-${workflows}`,
				parameters: paywall({ ...parameters, options: { resourceUrl, ...options } }),
				credentials: { ponponPayApi: { host: 'custom', customUrl, apiKey } },
				onExecution: (items) => items[0][0].json,
				...setup,
			});
			triggers.push(trigger);
		}
		return triggers;
	};
	const runs = () => triggers.flatMap(({ executions }) => executions);

	it.each(['firstEntryJson', 'allEntries', 'firstEntryBinary'])(
		'is answered by one, and known to the other (%s)',
		async (responseData) => {
			const [one, other] = await open({ responseData });
			const proof = await proofFor(one);
			expect(await callWith(one, proof)).toMatchObject({ status: 200 });
			for (const times of [1, 2]) {
				const again = await callWith(other, proof);
				expect({ times, status: again.status }).toEqual({ times, status: 409 });
				const [{ paymentId }] = sandbox.x402.payments();
				expect(jsonOf(again)).toMatchObject({ code: 'already_answered', paymentId });
				expect(again.headers).toHaveProperty('payment-response');
			}
			expect(runs()).toHaveLength(1);
			expect(sandbox.x402.payments()).toMatchObject([{ settles: 2 }]);
		},
	);

	it('runs the workflow in the other where it did not come to its end in the first', async () => {
		let hasFailed = false;
		const [one, other] = await open(
			{},
			{
				onExecution: (items) => {
					if (!hasFailed) {
						hasFailed = true;
						throw new Error('not today');
					}
					return items[0][0].json;
				},
			},
		);
		const proof = await proofFor(one);
		expect(await callWith(one, proof)).toMatchObject({ status: 500 });
		expect(await callWith(other, proof)).toMatchObject({ status: 200 });
		expect(runs().map((items) => paymentOf(items).isReplay)).toEqual([false, true]);
		expect(await callWith(one, proof)).toMatchObject({ status: 409 });
		expect(runs()).toHaveLength(2);
	});

	it('is answered once where it comes to both in the same moment', async () => {
		await open();
		const proof = await proofFor(triggers[0]);
		const calls = [0, 1, 0, 1].map(async (process) => await callWith(triggers[process], proof));
		const statuses = (await Promise.all(calls)).map(({ status }) => status).sort();
		expect(runs()).toHaveLength(1);
		expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
		expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
		expect(sandbox.x402.payments()).toHaveLength(1);
	});

	it('runs the workflow again where that is wanted', async () => {
		const [one, other] = await open({}, {}, { again: 'run' });
		const proof = await proofFor(one);
		for (const trigger of [one, other, one]) {
			expect(await callWith(trigger, proof)).toMatchObject({ status: 200 });
		}
		expect(runs()).toHaveLength(3);
	});

	it('is made up for after its time, where it was settled in time and had no answer', async () => {
		const settled = { status: 500, when: 'after', kind: 'status' } as const;
		const [one, other] = await open({}, {}, { timeout: 2 });
		sandbox.faults.always('/x402/settle', settled);
		const proof = await proofFor(one);
		expect(await callWith(one, proof)).toMatchObject({ status: 503 });
		sandbox.faults.clear();
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 300_000);
		const outcome = await callWith(other, proof).finally(() => clock.mockRestore());
		expect(outcome).toMatchObject({ status: 200 });
		expect(runs()).toHaveLength(1);
	});
});
