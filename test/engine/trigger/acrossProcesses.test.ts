import type { INodeParameters } from 'n8n-workflow';

import { PonponPayApi } from '../../../credentials/PonponPayApi.credentials';
import type { PonponPayTrigger } from '../../../nodes/PonponPayTrigger/PonponPayTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { createEngine, type Engine } from '../harness/engine.mts';
import type { Trigger, TriggerSetup } from '../harness/trigger.mts';
import { credential, manual, signed } from './support.mts';

const paid = { order_no: 'shop-1', trade_id: 'T1', status: 2, hash: '0xab', event_id: 'e1' };

/** The package as another process of n8n has loaded it: it remembers nothing of what the others have seen. */
function loadAnew(): Engine {
	let engine: Engine | undefined;
	jest.isolateModules(() => {
		const { PonponPayTrigger: Loaded } = jest.requireActual<{
			PonponPayTrigger: typeof PonponPayTrigger;
		}>('../../../nodes/PonponPayTrigger/PonponPayTrigger.node');
		engine = createEngine({ nodes: [new Loaded()], credentialTypes: [new PonponPayApi()] });
	});
	if (engine === undefined) throw new Error('jest loaded nothing');
	return engine;
}

let workflows = 0;

describe('Where several processes of n8n hear of one event', () => {
	let sandbox: Sandbox;
	let triggers: Trigger[];

	beforeEach(async () => {
		sandbox = await startSandbox();
		triggers = [];
	});
	afterEach(async () => {
		expect(triggers.flatMap(({ crashes }) => crashes)).toEqual([]);
		for (const trigger of triggers) await trigger.close();
		await sandbox.close();
	});

	const open = async (options: INodeParameters = {}, setup: TriggerSetup = {}) => {
		workflows += 1;
		for (let process = 0; process < 2; process += 1) {
			const trigger = await loadAnew().openTrigger({
				workflowId: `shared-${workflows}`,
				parameters: manual({ events: ['*'], options }),
				credentials: credential(sandbox),
				...setup,
			});
			triggers.push(trigger);
		}
		return triggers;
	};
	const sign = (changes: object = {}) => signed(sandbox.apiKey, { ...paid, ...changes });
	const items = () =>
		triggers.flatMap(({ executions }) => executions.flat()).map(({ json }) => json);

	it.each(['onReceived', 'lastNode'])('it starts the workflow once (%s)', async (respond) => {
		const [one, other] = await open({ respond });
		expect((await one.deliver(sign())).status).toBe(200);
		expect((await other.deliver(sign())).status).toBe(200);
		expect((await other.deliver(sign({ event_id: 'e2', status: 7 }))).status).toBe(200);
		expect(items()).toHaveLength(1);
	});

	it.each(['onReceived', 'lastNode'])(
		'it starts the workflow once when all are told in the same moment (%s)',
		async (respond) => {
			await open({ respond });
			const answers = [0, 1, 0, 1, 0, 1].map(
				async (process) => await triggers[process].deliver(sign()),
			);
			expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(6).fill(200));
			expect(items()).toHaveLength(1);
		},
	);

	it('its signed delivery is no duplicate either where it comes a second time', async () => {
		const [one, other] = await open({ duplicates: 'emit' });
		const recorded = sign();
		await one.deliver(recorded);
		await other.deliver(recorded);
		expect(items()).toHaveLength(1);
		await other.deliver(sign());
		expect(items().map(({ isDuplicate }) => isDuplicate)).toEqual([false, true]);
	});

	it('an expiry after the payment is late', async () => {
		const [one, other] = await open();
		await one.deliver(sign());
		await other.deliver(sign({ status: 3, event_id: 'e2' }));
		await other.deliver(signed(sandbox.apiKey, { order_no: 'shop-1', status: 4 }));
		expect(items().map(({ event, isStale }) => [event, isStale])).toEqual([
			['order.paid', false],
			['order.expired', true],
			['order.cancelled', true],
		]);
	});

	it('it is let in by another process after the workflow has failed', async () => {
		let runs = 0;
		const [one, other] = await open(
			{ respond: 'lastNode' },
			{
				onExecution: () => {
					runs += 1;
					if (runs === 1) throw new Error('a node stopped');
				},
			},
		);
		expect((await one.deliver(sign())).status).toBe(500);
		expect((await other.deliver(sign())).status).toBe(200);
		expect((await one.deliver(sign())).status).toBe(200);
		expect(runs).toBe(2);
	});

	it('it is told again later where another process works on it for long', async () => {
		let finish = () => {};
		const finished = new Promise<void>((resolve) => (finish = resolve));
		let start = () => {};
		const started = new Promise<void>((resolve) => (start = resolve));
		const [one, other] = await open(
			{ respond: 'lastNode' },
			{
				onExecution: async () => {
					start();
					await finished;
				},
			},
		);
		const first = one.deliver(sign());
		await started;
		expect((await other.deliver(sign())).status).toBe(500);
		finish();
		expect((await first).status).toBe(200);
		expect((await other.deliver(sign())).status).toBe(200);
		expect(items()).toHaveLength(1);
	}, 30_000);

	it('a test event always passes, and nothing of it is remembered', async () => {
		const [test, production] = await open({}, { isTest: true });
		await test.deliver(sign());
		await production.deliver(sign());
		expect(items()).toHaveLength(2);
		expect(Object.keys(items()[0])).toEqual([
			'event',
			'eventId',
			'receivedAt',
			'dedupeKey',
			'isDuplicate',
			'isStale',
			'order',
		]);
	});

	it.each([
		['by the same execution, tried again, passes', { mode: 'retry', token: 'first' }, 1],
		['passes in n8n 1, which does not say what is tried again', { mode: 'retry', token: '' }, 1],
		['by another execution does not', { token: 'other' }, 0],
	] as const)('an event %s', async (_how, execution, passed) => {
		const [one] = await open({}, { execution: { token: 'first', executionId: '71' } });
		await one.deliver(sign());
		const again = await loadAnew().openTrigger({
			workflowId: `shared-${workflows}`,
			parameters: manual({ events: ['*'] }),
			credentials: credential(sandbox),
			execution: { executionId: '72', ...execution },
		});
		triggers.push(again);
		await again.deliver(sign());
		expect(again.executions).toHaveLength(passed);
	});

	it('passes, and says so, where the database cannot be asked', async () => {
		const [one, other] = await open();
		const { DataDeduplicationService } = jest.requireActual<typeof import('n8n-core')>('n8n-core');
		const away = jest.spyOn(DataDeduplicationService, 'getInstance').mockImplementation(() => {
			throw new Error('the database is away');
		});
		await one.deliver(sign());
		const { logs } = await other.deliver(sign());
		away.mockRestore();
		expect(items()).toHaveLength(2);
		expect(logs.map(({ message }) => message).join(' ')).toContain(
			'let an event in without knowing whether another n8n process has had it: the database is away',
		);
	});

	it('puts out nothing where n8n is told to put out something always', async () => {
		const settings = { alwaysOutputData: true, onError: 'continueRegularOutput' } as const;
		const [one, other] = await open({}, { settings });
		await one.deliver(sign());
		await other.deliver(sign());
		expect(items()).toHaveLength(1);
	});
});
