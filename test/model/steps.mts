import fc from 'fast-check';

import { createOrder } from '../e2e/orders.mts';
import { until } from '../n8n/until.mts';
import { post } from '../e2e/waiting.mts';
import type { OrderView } from '../sandbox/control/views.mts';
import type { PaidWording } from '../sandbox/webhooks/callbacks.mts';
import type { Books, Intention } from './books.mts';
import { PATHS, PAYMENT_LINES, type Line } from './lines.mts';
import { retry, unfinishedExecutions } from './settle.mts';
import type { Stage } from './stage.mts';

/** Something that happens, in words that say all of it, so that a sequence can be read and done again by hand. */
export class Step implements fc.AsyncCommand<Books, Stage, true> {
	constructor(
		private readonly text: string,
		private readonly act: (stage: Stage, books: Books) => Promise<void> | void,
	) {}

	async check(): Promise<boolean> {
		return true;
	}

	async run(books: Books, stage: Stage): Promise<void> {
		await this.act(stage, books);
	}

	toString(): string {
		return this.text;
	}
}

const HOW = ['pay', 'confirming', 'expire', 'cancel', 'creditByHand', 'markPaid'] as const;
const POINTS = [0, 20, 60, 150, 400];

/** One of the round's orders, if there is one; what its status does not allow is left undone. */
function onOrder(which: number, act: (stage: Stage, order: OrderView) => Promise<void> | void) {
	return async (stage: Stage, books: Books) => {
		const orders = stage.ordersOf(books);
		if (orders.length === 0) return;
		try {
			await act(stage, orders[which % orders.length]);
		} catch (error) {
			if ((error as Error).constructor.name !== 'Refusal') throw error;
		}
	};
}

/** A request of a customer; n8n may die before it answers, which the customer sees. */
async function ask(
	{ shop }: Stage,
	path: string,
	body: object,
	intentions: readonly Intention[],
): Promise<void> {
	const answer = await post(`${shop.n8n.url}/webhook/${path}`, JSON.stringify(body)).catch(
		() => undefined,
	);
	for (const intention of intentions) intention.isAnswered = answer?.ok ?? false;
}

const which = fc.nat(5);
const isHasty = fc.boolean();

const createByCustomer = fc.constant(undefined).map(
	() =>
		new Step('an order is made without n8n', async ({ shop }, books) => {
			const intention = books.intend();
			// The answer that a workflow was to lose may be this one; the customer then does not know.
			const made = createOrder(shop.sandbox, undefined, Number(intention.amount));
			intention.isAnswered = await made.then(
				() => true,
				() => false,
			);
		}),
);

const createByWorkflow = fc
	.record({ count: fc.integer({ min: 1, max: 3 }), losesAnswer: fc.boolean(), isHasty })
	.map(
		({ count, losesAnswer, isHasty }) =>
			new Step(
				`"create" makes ${count}${losesAnswer ? ', an answer of PonponPay gets lost' : ''}${isHasty ? ', not waited for' : ''}`,
				async (stage, books) => {
					if (losesAnswer) {
						stage.shop.sandbox.faults.script('/order/add', [{ kind: 'reset', when: 'after' }]);
					}
					const intentions = Array.from({ length: count }, () => books.intend());
					const orders = intentions.map(({ amount }) => ({ amount }));
					const done = ask(stage, PATHS.create, { orders }, intentions);
					books.pending.push(done);
					if (!isHasty) await done;
				},
			),
	);

const createAndWait = isHasty.map(
	(isHasty) =>
		new Step(`"wait" makes an order${isHasty ? ', not waited for' : ''}`, async (stage, books) => {
			const intention = books.intend();
			const done = ask(stage, PATHS.wait, { amount: intention.amount }, [intention]);
			books.pending.push(done);
			if (!isHasty) await done;
		}),
);

const change = fc
	.record({
		which,
		how: fc.constantFrom(...HOW),
		shape: fc.constantFrom('flat' as const, 'envelope' as const),
		withEventIds: fc.boolean(),
		isHasty,
	})
	.map(
		({ which, how, shape, withEventIds, isHasty }) =>
			new Step(
				`${how} order ${which} (${shape}, ${withEventIds ? 'with' : 'without'} event ID${isHasty ? ', not waited for' : ''})`,
				onOrder(which, async ({ shop: { sandbox } }, { tradeId }) => {
					Object.assign(sandbox.settings, { callbackShape: shape, withEventIds });
					sandbox.orders[how](tradeId);
					if (!isHasty) await sandbox.deliveries.settled();
				}),
			),
	);

const tellAgain = fc
	.record({
		which,
		status: fc.constantFrom<PaidWording['status']>(2, 5, 7),
		shape: fc.constantFrom('flat' as const, 'envelope' as const),
		withEventId: fc.boolean(),
		withHash: fc.boolean(),
	})
	.map(
		({ which, ...wording }) =>
			new Step(
				`payment of order ${which} is told again: ${JSON.stringify(wording)}`,
				onOrder(which, ({ shop: { sandbox } }, { tradeId }) => {
					sandbox.deliveries.tellPaidAgain(tradeId, wording);
				}),
			),
	);

const redeliver = fc.record({ which, last: fc.nat(3) }).map(
	({ which, last }) =>
		new Step(
			`delivery ${last} of order ${which} comes again`,
			onOrder(which, ({ shop: { sandbox } }, { tradeId }) => {
				const deliveries = sandbox.deliveries.all(tradeId);
				if (deliveries.length === 0) return;
				void sandbox.deliveries.redeliver(deliveries[last % deliveries.length].id);
			}),
		),
);

const restart = fc.constant(undefined).map(
	() =>
		new Step('n8n is restarted', async ({ shop }, books) => {
			books.restarts += 1;
			await shop.n8n.restart();
		}),
);

const kill = fc.constantFrom(...POINTS).map(
	(ms) =>
		new Step(`n8n is killed after ${ms} ms and started again`, async ({ shop }, books) => {
			await new Promise((resolve) => setTimeout(resolve, ms));
			books.restarts += 1;
			books.kills += 1;
			await shop.n8n.kill();
			await shop.n8n.restart();
		}),
);

const killInPoll = fc.constantFrom(...POINTS).map(
	(ms) =>
		new Step(
			`n8n is killed ${ms} ms after a poll has asked for orders, and started again`,
			async (stage, books) => {
				const { sandbox, n8n } = stage.shop;
				const before = sandbox.requests.count('/order/list');
				// n8n polls when a workflow is published; it does not live to say that it was.
				const published = stage.republish('poll').catch(() => {});
				await until('a poll', () => sandbox.requests.count('/order/list') > before || undefined, {
					seconds: 120,
				});
				await new Promise((resolve) => setTimeout(resolve, ms));
				books.restarts += 1;
				books.kills += 1;
				await n8n.kill();
				await n8n.restart();
				await published;
			},
		),
);

const retryOne = which.map(
	(which) =>
		new Step(`"Retry execution" of unfinished execution ${which}`, async (stage) => {
			const unfinished = await unfinishedExecutions(stage);
			if (unfinished.length > 0) await retry(stage, unfinished[which % unfinished.length]);
		}),
);

const publish = fc
	.constantFrom<Line>(...PAYMENT_LINES, 'wait')
	.map((line) => new Step(`"${line}" is published again`, (stage) => stage.republish(line)));

const clone = fc.constantFrom('once' as const, 'plain' as const).map(
	(line) =>
		new Step(`a clone of n8n unpublishes "${line}" and publishes it`, async (stage) => {
			await stage.withClone(async ({ client }) => {
				await client.unpublish(stage.idOf(line));
				await client.publish(stage.idOf(line));
			});
		}),
);

/** Sequences of steps. What is cheap comes more often than what starts an n8n. */
export function sequences(length: number) {
	const often = [createByCustomer, createByWorkflow, createAndWait, change, change, change];
	const seldom = [tellAgain, tellAgain, redeliver, kill, killInPoll, restart, retryOne, publish];
	const steps = fc.oneof(
		{ arbitrary: fc.oneof(...often), weight: 16 },
		{ arbitrary: fc.oneof(...seldom), weight: 13 },
		{ arbitrary: clone, weight: 1 },
	);
	return fc.commands<Books, Stage, true>([steps], { maxCommands: length, size: 'max' });
}
