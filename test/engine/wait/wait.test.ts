import { parse } from 'flatted';
import {
	Workflow,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowDataProxyAdditionalKeys,
} from 'n8n-workflow';
import { engine } from '../action/support.mts';
import { WAITING_TOOLTIP } from '../../../nodes/PonponPay/wait/waitingTooltip';
import type { NodeSettings, RunOutcome, WakeUp } from '../harness/run.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { addOrder, call } from '../../sandbox/support/client.mts';
import { begin, createAndWait, ends, left, stackOf, wait, waitingWorkflow } from './support.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.close();
});

const HOUR_MS = 3_600_000;
const none = { 'Not Paid': [], Paid: [], Failed: [] };

/** Two orders, waited for. */
async function beginTwo(settings: NodeSettings = {}, options: INodeParameters = {}) {
	const ids = [(await addOrder(sandbox)).trade_id, (await addOrder(sandbox)).trade_id];
	const parameters = { ...wait, options: { ...(wait.options as object), ...options } };
	const items = ids.map((tradeId) => ({ tradeId }));
	return { ids, items, begun: await begin(sandbox, parameters, items, settings) };
}

const resume = async (outcome: RunOutcome, wakeUp: WakeUp = {}) =>
	await engine.resumeExecution(outcome, wakeUp);

function letHoursPass(hours: number): void {
	const now = Date.now.bind(Date);
	jest.spyOn(Date, 'now').mockImplementation(() => now() + hours * HOUR_MS);
}

/** How long n8n would leave a suspended execution alone; fails for one that is not suspended until a date. */
function secondsUntilWoken(outcome: RunOutcome): number {
	expect(outcome.status).toBe('waiting');
	const { waitTill } = parse(outcome.saved.data) as { waitTill?: string };
	const seconds = (Date.parse(String(waitTill)) - Date.now()) / 1000;
	expect(seconds).not.toBeNaN();
	return seconds;
}

describe('A node that waits for payments', () => {
	it('suspends the execution and passes nothing on, with the moment at which n8n looks again', async () => {
		const { begun } = await beginTwo();
		expect(begun.status).toBe('waiting');
		expect(ends(begun)).toEqual(none);
	});

	it('hands the payment link to the panel of the node that waits, which shows it', async () => {
		const begun = await begin(sandbox, createAndWait, [{}]);
		const { metadata } = begun.runData.Wait[0] as { metadata?: { resumeUrl?: string } };
		const link = String(metadata?.resumeUrl);
		expect(link).toMatch(/^https?:\/\/.+/);
		const { tradeId } = sandbox.orders.all()[0];
		const { text } = await call(sandbox, '/order/detail', { trade_id: tradeId });
		expect(text).toContain(JSON.stringify(link));
		const { nodes, connections } = begun.saved.workflow;
		const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
		const { expression } = new Workflow({ nodes, connections, active: false, nodeTypes });
		// As the editor does it.
		const tooltip = (id: string, resumeUrl: string) =>
			expression.getSimpleParameterValue(nodes[1], WAITING_TOOLTIP, 'internal', {
				$execution: { id, mode: 'test', resumeUrl, resumeFormUrl: '' },
			} as IWorkflowDataProxyAdditionalKeys);
		expect(tooltip('7', link)).toContain(link);
		expect(tooltip('7', 'https://n8n.example.com/webhook-waiting/7')).not.toContain('example');
	});

	it('does not suspend where nothing is open: an order may be paid before', async () => {
		const { trade_id: tradeId } = await addOrder(sandbox);
		sandbox.orders.pay(tradeId);
		const begun = await begin(sandbox, wait, [{ tradeId }]);
		expect(begun.status).toBe('success');
		expect(left(begun)).toEqual({ Paid: [tradeId] });
	});

	it('goes on waiting as often as n8n wakes it, until all are settled', async () => {
		const { ids, begun } = await beginTwo();
		const second = await resume(await resume(begun));
		expect(second.status).toBe('waiting');
		sandbox.orders.pay(ids[1]);
		const third = await resume(second);
		expect(third.status).toBe('waiting');
		sandbox.orders.cancel(ids[0]);
		const last = await resume(third);
		expect(last.status).toBe('success');
		expect(left(last)).toEqual({ cancelled: [ids[0]], Paid: [ids[1]] });
		expect(last.runData.Wait).toHaveLength(1);
	});

	it('pairs each order with its item, so that later nodes find what came with it', async () => {
		const { ids, begun } = await beginTwo();
		for (const id of ids) sandbox.orders.pay(id);
		const { runData } = await resume(begun);
		expect(runData.Wait[0].data?.main[1]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
	});

	it("leaves by Not Paid, as expired, when the orders have expired by PonponPay's clock", async () => {
		const { ids, begun } = await beginTwo();
		await sandbox.clock.advance(1801);
		expect(left(await resume(begun))).toEqual({ expired: ids });
	});

	it('lets the orders leave once, also where n8n 1 wakes it twice, in two processes', async () => {
		const { ids, begun } = await beginTwo();
		for (const id of ids) sandbox.orders.pay(id);
		const woken = await Promise.all([resume(begun), resume(begun)]);
		const passed = woken.map((outcome) => left(outcome).Paid ?? []);
		expect(passed.sort()).toEqual([[], ids]);
		expect(woken.map(({ status }) => status)).toEqual(['success', 'success']);
	});

	it('makes an order once, however often it is woken', async () => {
		const begun = await begin(sandbox, createAndWait, [{}]);
		const woken = await resume(await resume(begun));
		const [{ tradeId }] = sandbox.orders.all();
		sandbox.orders.pay(tradeId);
		expect(left(await resume(woken)).Paid).toEqual([tradeId]);
		expect(sandbox.requests.count('/order/add')).toBe(1);
	});
});

describe('Whatever a node learns of payments by,', () => {
	const byCallback: INodeParameters = { ...wait, learnBy: 'callback' };

	it('it sees within a minute a payment that nobody tells it of', async () => {
		const { trade_id: tradeId } = await addOrder(sandbox);
		const begun = await begin(sandbox, byCallback, [{ tradeId }]);
		expect(secondsUntilWoken(begun)).toBeLessThanOrEqual(60);
		sandbox.orders.pay(tradeId);
		expect(left(await resume(begun)).Paid).toEqual([tradeId]);
	});

	it('it looks every minute in the first hour, then every five minutes', async () => {
		const { trade_id: tradeId } = await addOrder(sandbox);
		const options = { ...(wait.options as object), waitAtMost: 600 };
		let outcome = await begin(sandbox, { ...byCallback, options }, [{ tradeId }]);
		letHoursPass(0.9);
		outcome = await resume(outcome);
		expect(secondsUntilWoken(outcome)).toBeLessThanOrEqual(60);
		jest.restoreAllMocks();
		letHoursPass(1.1);
		outcome = await resume(outcome);
		expect(secondsUntilWoken(outcome)).toBeGreaterThan(60);
		expect(secondsUntilWoken(outcome)).toBeLessThanOrEqual(300);
	});
});

describe('When PonponPay does not answer a node that was woken', () => {
	const silent = { kind: 'reset', when: 'before' } as const;

	it('it waits on, and asks again', async () => {
		const { ids, begun } = await beginTwo();
		for (const id of ids) sandbox.orders.pay(id);
		sandbox.faults.always('/order/detail', silent);
		const still = await resume(begun);
		expect(still.status).toBe('waiting');
		expect(ends(still)).toEqual(none);
		sandbox.faults.clear();
		expect(left(await resume(still)).Paid).toEqual(ids);
	});

	it('it waits on even after the time is up, and leaves by Not Paid, as unreachable, when it has waited an hour more', async () => {
		const { ids, begun } = await beginTwo({}, { waitAtMost: 60 });
		sandbox.faults.always('/order/detail', silent);
		letHoursPass(1.5);
		const late = await resume(begun);
		expect(late.status).toBe('waiting');
		jest.restoreAllMocks();
		letHoursPass(2.5);
		const last = await resume(late);
		expect(left(last)).toEqual({ unreachable: ids });
		expect(last.status).toBe('success');
	});
});

describe('"Retry execution" of one that crashed after a node had begun to wait', () => {
	it.each([true, false])('goes on with the same order (paid meanwhile: %s)', async (isPaid) => {
		const begun = await begin(sandbox, createAndWait, [{}]);
		const [{ tradeId }] = sandbox.orders.all();
		if (isPaid) sandbox.orders.pay(tradeId);
		let outcome = await engine.retryExecution(begun);
		if (!isPaid) {
			expect(outcome.status).toBe('waiting');
			expect(ends(outcome)).toEqual(none);
			sandbox.orders.pay(tradeId);
			outcome = await resume(outcome);
		}
		expect(left(outcome)).toEqual({ Paid: [tradeId] });
		expect(sandbox.requests.count('/order/add')).toBe(1);
	});
});

describe('When the time is up', () => {
	it('what is open is cancelled and leaves by Not Paid; what is paid leaves by Paid', async () => {
		const { ids, begun } = await beginTwo();
		sandbox.orders.pay(ids[1]);
		letHoursPass(1);
		expect(left(await resume(begun))).toEqual({ cancelled: [ids[0]], Paid: [ids[1]] });
		expect(sandbox.orders.get(ids[0]).status).toBe('cancelled');
	});

	it('what is open stays so, and leaves by Not Paid, as its time is up, where that is wanted', async () => {
		const { ids, begun } = await beginTwo({}, { cancelOpen: false });
		letHoursPass(1);
		expect(left(await resume(begun))).toEqual({ timeUp: ids });
		expect(sandbox.requests.count('/order/cancel')).toBe(0);
	});

	it.each([
		['to be cancelled', {}],
		['to be let go', { cancelOpen: false }],
		['to be given up after an hour', { waitAtMost: 60 }],
	])(
		'an order whose payment is confirming is waited for, however late, also where it was %s',
		async (_, options) => {
			const { ids, begun } = await beginTwo({}, options);
			sandbox.orders.confirming(ids[0]);
			sandbox.orders.cancel(ids[1]);
			letHoursPass(2);
			const late = await resume(begun);
			expect(secondsUntilWoken(late)).toBeLessThanOrEqual(60);
			sandbox.faults.always('/order/detail', { kind: 'reset', when: 'before' });
			jest.restoreAllMocks();
			letHoursPass(48);
			const silent = await resume(late);
			expect(secondsUntilWoken(silent)).toBeLessThanOrEqual(60);
			sandbox.faults.clear();
			sandbox.orders.pay(ids[0]);
			expect(left(await resume(silent))).toEqual({ cancelled: [ids[1]], Paid: [ids[0]] });
			expect(sandbox.requests.count('/order/cancel')).toBe(0);
		},
	);

	it('an order that is past its own expiry already is looked at again within a minute', async () => {
		const { trade_id: tradeId } = await addOrder(sandbox);
		letHoursPass(3);
		const begun = await begin(sandbox, { ...wait, learnBy: 'callback' }, [{ tradeId }]);
		expect(secondsUntilWoken(begun)).toBeLessThanOrEqual(60);
		expect(left(await resume(begun))).toEqual({ cancelled: [tradeId] });
	});

	// Both are possible answers to the cancellation of a paid order.
	it.each(['refuse', 'returnOrder'] as const)(
		'an order that is paid between the last look and the cancellation leaves by Paid (%s)',
		async (cancelOfPaid) => {
			const { trade_id: tradeId } = await addOrder(sandbox);
			const begun = await begin(sandbox, wait, [{ tradeId }]);
			const { text: stillPending } = await call(sandbox, '/order/detail', { trade_id: tradeId });
			sandbox.orders.pay(tradeId);
			sandbox.settings.cancelOfPaid = cancelOfPaid;
			sandbox.faults.script('/order/detail', [
				{ kind: 'raw', body: stillPending, contentType: 'application/json', when: 'before' },
			]);
			letHoursPass(1);
			expect(left(await resume(begun))).toEqual({ Paid: [tradeId] });
			expect(sandbox.requests.count('/order/cancel')).toBe(1);
			expect(sandbox.orders.get(tradeId).status).toBe('paid');
		},
	);

	it.each([
		['has a status that nobody knows leaves by Not Paid', { status: 42 }, 'success'],
		['shows a payment already is waited for', { transaction_hash: 'ab'.repeat(32) }, 'waiting'],
	])('an order that %s, and is not cancelled', async (_, told, status) => {
		const { trade_id: tradeId } = await addOrder(sandbox);
		const begun = await begin(sandbox, wait, [{ tradeId }]);
		const { text } = await call(sandbox, '/order/detail', { trade_id: tradeId });
		const answer = JSON.parse(text) as { data: object };
		const body = JSON.stringify({ ...answer, data: { ...answer.data, ...told } });
		sandbox.faults.script('/order/detail', [
			{ kind: 'raw', body, contentType: 'application/json', when: 'before' },
		]);
		letHoursPass(1);
		const last = await resume(begun);
		expect(last.status).toBe(status);
		expect(left(last)).toEqual(status === 'waiting' ? {} : { timeUp: [tradeId] });
		expect(sandbox.requests.count('/order/cancel')).toBe(0);
	});

	it('an order is not lost when the answer to its cancellation is', async () => {
		const { trade_id: tradeId } = await addOrder(sandbox);
		const begun = await begin(sandbox, wait, [{ tradeId }]);
		sandbox.faults.always('/order/cancel', { kind: 'reset', when: 'after' });
		letHoursPass(1);
		let outcome = await resume(begun);
		sandbox.faults.clear();
		if (outcome.status === 'waiting') outcome = await resume(outcome);
		expect(left(outcome)).toEqual({ cancelled: [tradeId] });
	});
});

/**
 * Everything n8n is known to do with a suspended node by itself, and what other versions might. The orders stay unpaid, so
 * that whatever left by Paid would have left there wrongly.
 */
describe('Whatever n8n does on its own account never leaves by Paid:', () => {
	const wakeUps: Record<string, WakeUp> = {
		'the time is up': {},
		'a callback': { webhookData: [[]] },
		'an exception in webhook()': { webhookData: [[{ json: {} }]] },
		'a version that forgets what stands behind the suspended node': {
			tamper: (data) => stackOf(data).splice(1, 1),
		},
		'a version that forgets what the node waits for': {
			tamper: (data) => delete stackOf(data)[1].metadata,
		},
		'a version that keeps the first output only': {
			webhookData: [[{ json: {} }]],
			tamper: (data) => {
				const [suspended] = stackOf(data);
				suspended.data.main = suspended.data.main.slice(0, 1);
				delete suspended.metadata;
			},
		},
		'a version that passes on what came in': {
			tamper: (data) => {
				const [suspended, again] = stackOf(data);
				suspended.data.main = again.data.main;
			},
		},
	};
	const settings: Record<string, NodeSettings> = {
		'usual settings': {},
		'Always Output Data': { alwaysOutputData: true },
		'Execute Once': { executeOnce: true },
		'Retry on Fail': { retryOnFail: true, maxTries: 2 },
		'On Error: Continue': { onError: 'continueRegularOutput' },
		'On Error: Continue (Using Error Output)': { onError: 'continueErrorOutput' },
	};
	const cases = Object.keys(wakeUps).flatMap((wakeUp) =>
		Object.keys(settings).map((setting) => [wakeUp, setting] as const),
	);

	it.each(cases)('%s (%s)', async (wakeUp, setting) => {
		const { begun } = await beginTwo(settings[setting]);
		expect(begun.status).toBe('waiting');
		const woken = await resume(begun, wakeUps[wakeUp]);
		expect(ends(woken).Paid).toEqual([]);
		if (woken.status !== 'waiting') return;
		letHoursPass(3);
		const last = await resume(woken, wakeUps[wakeUp]);
		expect(ends(last).Paid).toEqual([]);
	});

	it.each(Object.keys(settings))('and the orders that are paid do (%s)', async (setting) => {
		const { ids, begun } = await beginTwo(settings[setting]);
		const woken = await resume(begun, wakeUps['an exception in webhook()']);
		expect(woken.status).toBe('waiting');
		for (const id of ids) sandbox.orders.pay(id);
		const last = await resume(woken, { webhookData: [[]] });
		expect(left(last).Paid).toEqual(setting === 'Execute Once' ? [ids[0]] : ids);
		// n8n made an item of the exception; nothing was added by "Always Output Data".
		expect(ends(last)['Not Paid']).toHaveLength(1);
		expect(last.status).toBe('success');
	});

	it.each(Object.keys(settings))('an exception in execute() (%s)', async (setting) => {
		const { begun } = await beginTwo(settings[setting]);
		// A credential that was damaged meanwhile.
		const { saved } = begun;
		saved.credentials = { ponponPayApi: { apiKey: '', host: 'custom', customUrl: '' } };
		const woken = await resume({ ...begun, saved });
		expect(ends(woken).Paid).toEqual([]);
		expect(woken.status).not.toBe('waiting');
	});

	it('the items of a node that is turned off leave by Not Paid', async () => {
		const workflow = waitingWorkflow(wait, {});
		workflow.nodes[1].disabled = true;
		const items = [{ tradeId: 'PP1', isPaid: true }];
		const outcome = await engine.runWorkflow(workflow, { items });
		expect(ends(outcome)).toEqual({ ...none, 'Not Paid': items });
	});

	it('data that a person has pinned leaves by Not Paid', async () => {
		const json = { tradeId: 'PP1', isPaid: true };
		const outcome = await engine.runWorkflow(waitingWorkflow(wait, {}), {
			pinData: { Wait: [{ json }] },
		});
		expect(ends(outcome)).toEqual({ ...none, 'Not Paid': [json] });
	});

	it('with Always Output Data nothing at all leaves before the orders do', async () => {
		const { begun } = await beginTwo({ alwaysOutputData: true });
		const woken = await resume(await resume(begun));
		expect(ends(woken)).toEqual(none);
		expect(woken.status).toBe('waiting');
	});

	it('with an error output, what could not be waited for leaves there, the others by their own outputs', async () => {
		const { trade_id: tradeId } = await addOrder(sandbox);
		const items = [{ tradeId: 'PP20260101000000000000' }, { tradeId }];
		const begun = await begin(sandbox, wait, items, { onError: 'continueErrorOutput' });
		expect(begun.status).toBe('waiting');
		sandbox.orders.pay(tradeId);
		const last = await resume(begun);
		expect(left(last).Paid).toEqual([tradeId]);
		expect(ends(last).Failed).toHaveLength(1);
		expect(ends(last)['Not Paid']).toEqual([]);
	});
});
