import { setTimeout as pass } from 'node:timers/promises';

import { node, ponponPayTrigger } from '../e2e/workflows.mts';
import type { Workflow } from '../n8n/client.mts';
import type { N8nProgram } from '../n8n/program.mts';
import { until } from '../n8n/until.mts';
import { event } from './events.mts';
import { eachOnce, newKeys, QueueStage, type Outcome } from './stage.mts';

const EVENTS = 40;
/** As many as two workers run at once. */
const AT_ONCE = 20;
const MOST_SECONDS = { seconds: 200 };
/** How long Redis is away: short of the ten seconds after which n8n ends itself. */
const AWAY_MS = 5000;

/**
 * What dies is in the middle of workflows, before their effect: between an effect and the end of its workflow nobody could
 * tell whether it has happened.
 */
describe('With two webhook processors and two workers, under load', () => {
	let stage: QueueStage;
	let finished: Workflow;
	let immediate: Workflow;

	beforeAll(async () => {
		stage = await QueueStage.open();
		finished = await publish('finished', 'lastNode');
		immediate = await publish('immediate', 'onReceived');
	});
	afterAll(async () => await stage?.close());
	afterEach(() => stage.warehouse.openGate());

	const publish = async (line: string, respond: string) => {
		const trigger = ponponPayTrigger({
			events: ['order.paid'],
			registration: 'manual',
			options: { respond },
		});
		const gate = node('Gate', 'n8n-nodes-base.httpRequest', 4.2, {
			url: stage.warehouse.gateUrl,
			options: {},
		});
		const key = `$('${trigger.name}').item.json.order.tradeId`;
		return await stage.publish(line, key, trigger, gate);
	};

	/** Tells each event until it is accepted, at one processor first, then at the other where that is dead. */
	const tell = async (workflow: Workflow, keys: readonly string[], first: number) => {
		const urls = stage.atTrigger(workflow);
		await Promise.all(
			keys.map(async (key, index) => {
				let times = first + index;
				const urlInTurn = () => urls[times++ % urls.length];
				await stage.sender.tell(urlInTurn, event('order.paid', key), MOST_SECONDS);
			}),
		);
	};

	/**
	 * Tells events, does harm while as many workflows as run at once are in their middle, and lets the others go on. Meanwhile each
	 * is told at the other processor, too. Those that died are told again until their lease is over.
	 *
	 * @param harm how many workflows died of it
	 */
	const tellThrough = async (
		workflow: Workflow,
		harm: () => Promise<number>,
	): Promise<Outcome & { died: number }> => {
		const { warehouse, clock } = stage;
		const keys = newKeys(EVENTS);
		const before = await stage.countEnds(workflow);
		warehouse.closeGate();
		const telling = [tell(workflow, keys, 0)];
		await until('workflows at the gate', () => (warehouse.waiting >= AT_ONCE ? true : undefined));
		telling.push(tell(workflow, keys, 1));
		const died = await harm();
		warehouse.openGate();
		await until(
			'those who live to end',
			async () => {
				const ended = (await stage.countEnds(workflow)) - before;
				return ended >= EVENTS - died ? true : undefined;
			},
			MOST_SECONDS,
		);
		if (died > 0) await clock.forward(11);
		await Promise.all(telling);
		return { ...(await stage.outcome(workflow, keys)), died };
	};
	const killed = async (...programs: readonly N8nProgram[]) => {
		await Promise.all(programs.map(async (program) => await program.kill()));
		await Promise.all(programs.map(async (program) => await program.start()));
		return AT_ONCE - stage.warehouse.waiting;
	};
	const once = { ended: EVENTS, effects: EVENTS, lost: [], doubled: [] };

	it('each event has its effect once although a worker is killed', async () => {
		const [worker] = stage.cluster.workers;
		const outcome = await tellThrough(finished, async () => await killed(worker));
		expect(outcome).toEqual({ ...once, died: AT_ONCE / 2 });
	});

	it('each event has its effect once although a webhook processor is killed', async () => {
		const [processor] = stage.cluster.processors;
		const outcome = await tellThrough(finished, async () => await killed(processor));
		expect(outcome).toEqual({ ...once, died: 0 });
	});

	it('each event has its effect once although all but main are killed', async () => {
		const { processors, workers } = stage.cluster;
		const outcome = await tellThrough(
			finished,
			async () => await killed(...processors, ...workers),
		);
		expect(outcome).toEqual({ ...once, died: AT_ONCE });
	});

	it('each event has its effect once although workflows end while Redis is away, which leaves responses without an end', async () => {
		const { redis } = stage.cluster;
		const outcome = await tellThrough(finished, async () => {
			await redis.kill();
			const { effects } = stage.warehouse;
			const before = effects.length;
			stage.warehouse.openGate();
			await until('effects without Redis', () =>
				effects.length >= before + AT_ONCE ? true : undefined,
			);
			await pass(AWAY_MS);
			await redis.start();
			return 0;
		});
		expect(outcome).toEqual({ ...once, died: 0 });
	});

	it('each event has its effect once although the database is restarted', async () => {
		const outcome = await tellThrough(finished, async () => {
			await stage.cluster.postgres.restart();
			return AT_ONCE - stage.warehouse.waiting;
		});
		expect(outcome).toEqual({ ...once, died: 0 });
	});

	it('what n8n loses of events that it has answered for at once, when a worker is killed, are those in its middle, and none is doubled', async () => {
		const [worker] = stage.cluster.workers;
		const outcome = await tellThrough(immediate, async () => await killed(worker));
		expect(outcome).toMatchObject({ died: AT_ONCE / 2, doubled: [] });
		expect(outcome.lost).toHaveLength(outcome.died);
	});

	it('nothing that was told before has an effect again after all processes were killed', async () => {
		const keys = newKeys(10);
		for (const workflow of [finished, immediate]) {
			await tell(workflow, keys, 0);
			expect(await stage.outcome(workflow, keys)).toEqual(eachOnce(keys));
		}
		await stage.cluster.kill();
		await stage.cluster.restart();
		for (const workflow of [finished, immediate]) {
			await tell(workflow, keys, 1);
			expect(await stage.outcome(workflow, keys)).toEqual(eachOnce(keys));
		}
	});
});
