import type { ApiFailure, Outcome } from '../../../nodes/shared/api/failure';
import { Pacer } from '../../../nodes/shared/api/pacer';
import { failure, FakeEnvironment } from './support';

const PATIENCE = 60_000;
const fine: Outcome<string> = { data: 'fine' };
const limited = (retryAfterMs?: number): Outcome<string> => ({
	failure: failure('rateLimited', { retryAfterMs }),
});

/** Lets everything run that waits for nothing but its turn. */
async function settle() {
	for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
}

/** A pacer, and requests whose answers the test gives when it likes. */
function pacerOf(cap: number, environment = new FakeEnvironment()) {
	const pacer = new Pacer(cap, environment);
	const underWay: Array<(outcome: Outcome<string>) => void> = [];
	const outcomes: Array<Outcome<string>> = [];
	let started = 0;
	return {
		environment,
		outcomes,
		get cap() {
			return pacer.cap;
		},
		get started() {
			return started;
		},
		get underWay() {
			return underWay.length;
		},
		/** Asks for a turn for so many requests. */
		async ask(count: number, patienceMs = PATIENCE) {
			for (let index = 0; index < count; index += 1) {
				const send = async () => {
					started += 1;
					return await new Promise<Outcome<string>>((resolve) => underWay.push(resolve));
				};
				const tooLong = (retryAfterMs: number): ApiFailure =>
					failure('rateLimited', { retryAfterMs });
				void pacer.run(patienceMs, send, tooLong).then((outcome) => outcomes.push(outcome));
			}
			await settle();
		},
		/** Answers the oldest request under way, or so many. */
		async answer(outcome: Outcome<string>, count = 1) {
			for (const resolve of underWay.splice(0, count)) resolve(outcome);
			await settle();
		},
	};
}

describe('the pace', () => {
	it('starts with 32 requests at once and doubles with every round, up to the cap', async () => {
		const requests = pacerOf(100);
		await requests.ask(500);
		const widths = [requests.underWay];
		for (let round = 0; round < 4; round += 1) {
			await requests.answer(fine, requests.underWay);
			widths.push(requests.underWay);
		}
		expect(widths).toEqual([32, 64, 100, 100, 100]);
	});

	it.each([1, 2, 5])(
		'has never more than %i requests under way where that is the cap',
		async (cap) => {
			const requests = pacerOf(cap);
			await requests.ask(20);
			for (let answered = 0; answered < 20; answered += 1) {
				expect(requests.underWay).toBe(Math.min(cap, 20 - answered));
				await requests.answer(fine);
			}
			expect(requests.outcomes).toHaveLength(20);
		},
	);

	it('keeps the cap when places come free and are asked for in the same moment', async () => {
		const requests = pacerOf(3);
		await requests.ask(6);
		const asking = [requests.answer(fine, 3), requests.ask(6)];
		await Promise.all(asking);
		expect(requests.underWay).toBe(3);
	});

	it.each([0, -1, NaN, 0.5])('is one after another with a cap of %p', async (cap) => {
		const requests = pacerOf(cap);
		await requests.ask(3);
		expect(requests.cap).toBe(1);
		expect(requests.underWay).toBe(1);
	});

	it('takes whole requests only', () => {
		expect(pacerOf(2.9).cap).toBe(2);
	});

	it('serves first who came first', async () => {
		const environment = new FakeEnvironment();
		const pacer = new Pacer(1, environment);
		const order: number[] = [];
		const send = (index: number) => async () => {
			order.push(index);
			return fine;
		};
		const runs = [0, 1, 2, 3].map((index) =>
			pacer.run(PATIENCE, send(index), () => failure('rateLimited')),
		);
		await Promise.all(runs);
		expect(order).toEqual([0, 1, 2, 3]);
	});

	it('gives the place back when a request throws', async () => {
		const pacer = new Pacer(1, new FakeEnvironment());
		const tooLong = () => failure('rateLimited');
		const broken = async (): Promise<Outcome<string>> => {
			throw new TypeError('broken');
		};
		await expect(pacer.run(PATIENCE, broken, tooLong)).rejects.toThrow('broken');
		await expect(pacer.run(PATIENCE, async () => fine, tooLong)).resolves.toEqual(fine);
	});
});

describe('after a 429', () => {
	it('half as many are under way, and then one more with every round', async () => {
		const requests = pacerOf(64);
		await requests.ask(500);
		expect(requests.underWay).toBe(32);
		await requests.answer(limited(), 32);
		const widths = [requests.underWay];
		for (let round = 0; round < 3; round += 1) {
			await requests.answer(fine, requests.underWay);
			widths.push(requests.underWay);
		}
		expect(widths).toEqual([16, 17, 18, 19]);
	});

	it('it never comes to a stop', async () => {
		const requests = pacerOf(4);
		await requests.ask(50);
		for (let round = 0; round < 10; round += 1) {
			await requests.answer(limited(), requests.underWay);
			expect(requests.underWay).toBeGreaterThanOrEqual(1);
		}
	});

	it('everyone waits as long as PonponPay asks', async () => {
		const requests = pacerOf(2);
		await requests.ask(4);
		const start = requests.environment.time;
		await requests.answer(limited(7000), 2);
		expect(requests.environment.time - start).toBe(7000);
		expect(requests.started).toBe(3);
	});

	it('everyone waits a second where PonponPay does not say how long', async () => {
		const requests = pacerOf(1);
		await requests.ask(2);
		await requests.answer(limited());
		expect(requests.environment.waits).toEqual([1000]);
		expect(requests.started).toBe(2);
	});

	it('nobody waits longer than their patience: they are told at once, and nothing is sent', async () => {
		const requests = pacerOf(1);
		await requests.ask(4);
		await requests.answer(limited(3_600_000));
		expect(requests.started).toBe(1);
		expect(requests.environment.waits).toEqual([]);
		expect(requests.outcomes).toHaveLength(4);
		for (const { failure: told } of requests.outcomes.slice(1)) {
			expect(told?.details).toMatchObject({ kind: 'rateLimited', retryAfterMs: 3_600_000 });
		}
	});

	it('a pause that grows while it is waited for can become too long', async () => {
		const requests = pacerOf(4);
		const { environment } = requests;
		await requests.ask(5);
		environment.wait = async (milliseconds) => {
			environment.time += milliseconds;
			await requests.answer(limited(PATIENCE));
		};
		await requests.answer(limited(50_000), 3);
		expect(requests.started).toBe(4);
		expect(requests.outcomes.at(-1)?.failure?.details.retryAfterMs).toBe(PATIENCE);
	});

	it('nobody waits in a cancelled execution', async () => {
		const requests = pacerOf(1);
		await requests.ask(3);
		requests.environment.isDone = true;
		await requests.answer(limited(7000));
		expect(requests.environment.waits).toEqual([]);
		expect(requests.started).toBe(2);
	});
});
