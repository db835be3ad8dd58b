import { randomInt } from 'node:crypto';
import fc from 'fast-check';

import { findBroken, type Toll } from './check.mts';
import { settle } from './settle.mts';
import { Stage } from './stage.mts';
import { sequences } from './steps.mts';

const MINUTES = Number(process.env.PONPONPAY_MODEL_MINUTES ?? 10);
const SEED = Number(process.env.PONPONPAY_MODEL_SEED ?? randomInt(2 ** 30));
const STEPS = 14;
/** How long a sequence that breaks a promise is shortened. */
const SHORTENING_MINUTES = 10;
const MINUTE = 60_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

describe(`For ${MINUTES} minutes, from seed ${SEED}`, () => {
	let stage: Stage;
	beforeAll(async () => (stage = await Stage.open()), 10 * MINUTE);
	afterAll(async () => await stage?.close());

	it(
		'no payment is without its workflow, none has two, and no order is without its intention',
		async () => {
			const end = Date.now() + MINUTES * MINUTE;
			const toll: Toll = {};
			let rounds = 0;
			do {
				const seed = SEED + rounds;
				say(`Model: round ${rounds + 1}, PONPONPAY_MODEL_SEED=${seed}`);
				const broken = await play(stage, seed, toll);
				if (broken !== undefined) throw new Error(broken);
				rounds += 1;
			} while (Date.now() < end);
			say(
				`Model: ${rounds} rounds kept every promise. What n8n itself did not keep when it was ended:`,
			);
			say(JSON.stringify(toll, undefined, 2));
		},
		(MINUTES + SHORTENING_MINUTES + 15) * MINUTE,
	);
});

/** One sequence; where it breaks a promise, the shortest one found that does, in words. */
async function play(stage: Stage, seed: number, toll: Toll): Promise<string | undefined> {
	let patience = Infinity;
	const property = fc.asyncProperty(sequences(STEPS), async (steps) => {
		fc.pre(Date.now() < patience);
		const books = stage.newBooks();
		await stage.shop.n8n.client.logInAsOwner();
		try {
			await fc.asyncModelRun(() => ({ model: books, real: stage }), steps);
			await settle(stage, books);
			const broken = await findBroken(stage, books, toll);
			if (broken.length > 0) throw new Error(broken.join('\n'));
		} catch (error) {
			patience = Math.min(patience, Date.now() + SHORTENING_MINUTES * MINUTE);
			say(`Model: broken by [${String(steps)}]\n${(error as Error).message}`);
			// What is still under way would be taken for the next sequence's.
			await settle(stage, books).catch(() => {});
			throw error;
		}
	});
	const result = await fc.check(property, { seed, numRuns: 1, unbiased: true });
	return result.failed ? fc.defaultReportMessage(result) : undefined;
}
