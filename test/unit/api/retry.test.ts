import type { ApiFailure, Outcome } from '../../../nodes/shared/api/failure';
import { DEFAULT_RETRY, retry } from '../../../nodes/shared/api/retry';
import { failure, FakeEnvironment } from './support';

const PATIENT = { mostTries: 1000, totalMs: 1e9, timeoutMs: 20_000 };
const always = () => true;

/** Tries until a script of outcomes is at its end, and goes on with the last of them. */
function scriptOf(...outcomes: Array<Outcome<string>>) {
	const timeouts: number[] = [];
	const attempt = async (timeoutMs: number): Promise<Outcome<string>> => {
		timeouts.push(timeoutMs);
		return outcomes[Math.min(timeouts.length, outcomes.length) - 1];
	};
	return { attempt, timeouts };
}

const broken: Outcome<string> = { failure: failure('interrupted') };
const done: Outcome<string> = { data: 'done' };
const limited = (retryAfterMs?: number): Outcome<string> => ({
	failure: failure('rateLimited', { retryAfterMs }),
});

describe('retry', () => {
	it('gives the first success, and waits for nothing', async () => {
		const environment = new FakeEnvironment();
		const { attempt, timeouts } = scriptOf(done);
		expect(await retry(attempt, always, DEFAULT_RETRY, environment)).toEqual({ data: 'done' });
		expect(timeouts).toEqual([20_000]);
		expect(environment.waits).toEqual([]);
	});

	it('goes on after failures until one try succeeds', async () => {
		const { attempt, timeouts } = scriptOf(broken, broken, done);
		const outcome = await retry(attempt, always, DEFAULT_RETRY, new FakeEnvironment());
		expect(outcome).toEqual({ data: 'done' });
		expect(timeouts).toHaveLength(3);
	});

	it('stops when the tries are used up, and says how many and how long', async () => {
		const environment = new FakeEnvironment();
		const { attempt, timeouts } = scriptOf(broken);
		const { failure: last } = await retry(
			attempt,
			always,
			{ ...PATIENT, mostTries: 4 },
			environment,
		);
		expect(timeouts).toHaveLength(4);
		expect(last?.details).toMatchObject({
			kind: 'interrupted',
			tries: 4,
			triedForMs: 250 + 500 + 1000,
		});
	});

	it('does not repeat what is not worth it', async () => {
		const environment = new FakeEnvironment();
		const { attempt, timeouts } = scriptOf(limited(), broken, done);
		const isLimited = ({ kind }: ApiFailure) => kind === 'rateLimited';
		const { failure: last } = await retry(attempt, isLimited, PATIENT, environment);
		expect(timeouts).toHaveLength(2);
		expect(last?.details).toMatchObject({ kind: 'interrupted', tries: 2 });
	});

	it('waits twice as long each time, up to ten seconds, at the most', async () => {
		const environment = new FakeEnvironment();
		await retry(scriptOf(broken).attempt, always, { ...PATIENT, mostTries: 10 }, environment);
		expect(environment.waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
	});

	it('waits a random part of that: from nothing to all of it', async () => {
		const environment = new FakeEnvironment();
		environment.chance = 0;
		await retry(scriptOf(broken).attempt, always, { ...PATIENT, mostTries: 4 }, environment);
		expect(environment.waits).toEqual([0, 0, 0]);

		const other = new FakeEnvironment();
		other.chance = 0.25;
		await retry(scriptOf(broken).attempt, always, { ...PATIENT, mostTries: 4 }, other);
		expect(other.waits).toEqual([62.5, 125, 250]);
	});

	it('waits as long as PonponPay asks, never less', async () => {
		const environment = new FakeEnvironment();
		environment.chance = 0;
		const { attempt } = scriptOf(limited(7000), limited(), done);
		await retry(attempt, always, PATIENT, environment);
		expect(environment.waits).toEqual([7000, 0]);
	});

	it('does not wait at all where PonponPay asks for more than is left', async () => {
		const environment = new FakeEnvironment();
		const { attempt, timeouts } = scriptOf(limited(60_000));
		const { failure: last } = await retry(attempt, always, DEFAULT_RETRY, environment);
		expect(timeouts).toHaveLength(1);
		expect(environment.waits).toEqual([]);
		expect(last?.details).toMatchObject({ tries: 1, triedForMs: 0, retryAfterMs: 60_000 });
	});

	it('starts no try after its time, and gives the last one only what is left', async () => {
		const environment = new FakeEnvironment();
		const timeouts: number[] = [];
		const slow = async (timeoutMs: number): Promise<Outcome<string>> => {
			timeouts.push(timeoutMs);
			environment.time += timeoutMs;
			return broken;
		};
		const { failure: last } = await retry(slow, always, DEFAULT_RETRY, environment);
		expect(timeouts).toEqual([20_000, 20_000, 19_250]);
		expect(last?.details).toMatchObject({ tries: 3, triedForMs: 60_000 });
	});

	it('sends nothing more once the execution is cancelled', async () => {
		const environment = new FakeEnvironment();
		environment.duringWait = () => {
			environment.isDone = true;
		};
		const { attempt, timeouts } = scriptOf(broken);
		const { failure: last } = await retry(attempt, always, DEFAULT_RETRY, environment);
		expect(timeouts).toHaveLength(1);
		expect(last?.details).toMatchObject({ kind: 'cancelled', tries: 1 });
	});

	it('does not even wait when the execution was cancelled during a try', async () => {
		const environment = new FakeEnvironment();
		const cancelledMeanwhile = async (): Promise<Outcome<string>> => {
			environment.isDone = true;
			return broken;
		};
		const { failure: last } = await retry(cancelledMeanwhile, always, PATIENT, environment);
		expect(environment.waits).toEqual([]);
		expect(last?.kind).toBe('interrupted');
	});

	it('has defaults that a person can wait for', () => {
		expect(DEFAULT_RETRY).toEqual({ mostTries: 6, totalMs: 60_000, timeoutMs: 20_000 });
	});
});
