import { mapConcurrently } from '../../../nodes/shared/concurrency';
import { PonponPayClient, type Transport } from '../../../nodes/shared/api/client';
import { DEFAULT_CONCURRENCY, Pace } from '../../../nodes/shared/api/pace';
import { Pacer } from '../../../nodes/shared/api/pacer';
import { DEFAULT_RETRY } from '../../../nodes/shared/api/retry';
import { simulatedService, VirtualClock, type Habits } from './simulatedService';
import { down, HOST, type Step } from './support';

/** Latencies as real services have them: log-normal, the same in every run. */
function scattered(median: number, sigma: number): () => number {
	let state = 1;
	const random = () => {
		state = (state * 1664525 + 1013904223) % 2 ** 32;
		return (state + 0.5) / 2 ** 32;
	};
	return () => {
		const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
		return median * Math.exp(sigma * normal);
	};
}

/** A pace that learns nothing. */
class Fixed extends Pace {
	constructor(private readonly width: number) {
		super();
	}

	override get limit() {
		return this.width;
	}
}

/** Runs items against a service, as many at once as the pace says. */
async function run(
	items: number,
	habits: Habits,
	pace = new Pace(),
	pass: (step: Step) => Step = (step) => step,
) {
	const clock = new VirtualClock();
	const { transport: direct, seen } = simulatedService(clock, habits);
	const transport: Transport = async (request) => pass(await direct(request));
	const pacer = new Pacer(DEFAULT_CONCURRENCY, clock, pace);
	const client = new PonponPayClient(HOST, transport, DEFAULT_RETRY, clock, pacer);
	const limits: number[] = [];
	const work = mapConcurrently(
		items,
		() => client.width,
		async () => {
			await client.ask('merchantDetail');
			limits.push(pacer.limit);
		},
	);
	const time = await clock.timeOf(work);
	await work;
	return { time, limits, ...seen };
}

describe('The pace', () => {
	it('doubles from 32 to 256 where the service answers as fast as ever', async () => {
		const { limits, mostUnderWay, time } = await run(1000, { latency: () => 200 });
		expect([...new Set(limits)]).toEqual([64, 128, 256]);
		expect(mostUnderWay).toBe(256);
		expect(time).toBe(7 * 200);
	});

	it('that was learnt serves a next execution from its first request', async () => {
		const pace = new Pace();
		const first = await run(100, { latency: () => 200 }, pace);
		const second = await run(100, { latency: () => 200 }, pace);
		expect([first.mostUnderWay, first.time]).toEqual([64, 600]);
		expect([second.mostUnderWay, second.time]).toEqual([100, 200]);
	});

	it.each([0.3, 0.5])(
		'finds room where latencies scatter, too (log-normal, sigma %p)',
		async (sigma) => {
			const { limits } = await run(2000, { latency: scattered(200, sigma) });
			expect(Math.min(...limits.slice(1000))).toBeGreaterThanOrEqual(128);
		},
	);

	describe.each([
		['always takes as long', () => () => 100],
		['scatters', () => scattered(100, 0.3)],
	])('of a service that serves 20 at once, queues the rest, and %s', (_, latencyOf) => {
		it('settles within a third of 20', async () => {
			const { limits } = await run(1000, { latency: latencyOf(), atOnce: 20 });
			const settled = limits.slice(300);
			expect(Math.min(...settled)).toBeGreaterThanOrEqual(14);
			expect(Math.max(...settled)).toBeLessThanOrEqual(26);
		});

		it('takes at most 1.15 times as long as the best fixed number at once', async () => {
			const habits = () => ({ latency: latencyOf(), atOnce: 20 });
			for (const items of [100, 1000]) {
				const fixed = [16, 20, 24, 32, 64].map(
					async (width) => (await run(items, habits(), new Fixed(width))).time,
				);
				const best = Math.min(...(await Promise.all(fixed)));
				expect((await run(items, habits())).time).toBeLessThanOrEqual(1.15 * best);
			}
		});
	});

	it('lets no item fail where the service refuses what exceeds 50 a second', async () => {
		const { limits, refused } = await run(1000, { latency: () => 50, aSecond: 50 });
		expect(limits).toHaveLength(1000);
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThan(250);
	});

	it('shrinks, and does not sink, when the service becomes slower for good', async () => {
		let answers = 0;
		const latency = () => ((answers += 1) < 500 ? 100 : 400);
		const { limits } = await run(3000, { latency });
		expect(Math.min(...limits.slice(500))).toBeGreaterThanOrEqual(64);
		expect(limits.at(-1)).toBeGreaterThanOrEqual(128);
	});

	it('begins no item whose time would be used up in the queue for its request', async () => {
		// Four a second: 256 items at once would wait for a minute, which is all the time they have.
		const habits = { latency: () => 6000, atOnce: 20 };
		let answers = 0;
		const { limits } = await run(600, habits, new Pace(), (reply) => {
			answers += 1;
			return answers % 10 === 0 ? down() : reply;
		});
		expect(limits).toHaveLength(600);
	});
});
