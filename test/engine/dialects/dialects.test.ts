import { DIALECT_NAMES } from '../../sandbox/dialects/table.mts';
import { ROWS, type Expectation } from './expectations.mts';
import { PROBES, refusedProbes, type Probe, type Seen } from './probes.mts';

/** More than any list of these shops needs, by far less than a server that never ends could cost. */
const MOST_REQUESTS = 60;

/** What the plain sandbox gives, asked once. */
const plainly = new Map<string, Promise<Seen>>();

async function askPlainly(probe: Probe): Promise<Seen> {
	const asked = plainly.get(probe.name) ?? probe.run({ dialects: [] });
	plainly.set(probe.name, asked);
	return await asked;
}

/** Whether nothing was made up: what is not told is `null`, empty or left out, everything else is the same. */
function isPart(value: unknown, whole: unknown): boolean {
	if (value === null || value === undefined || value === '') return true;
	if (typeof value !== 'object') return value === whole;
	if (typeof whole !== 'object' || whole === null) return false;
	return Object.entries(value).every(([name, member]) =>
		isPart(member, (whole as Record<string, unknown>)[name]),
	);
}

/** What is wrong with it; `undefined`: nothing. */
function complaint(expectation: Expectation, seen: Seen, plain: Seen): string | undefined {
	if (seen.requests >= MOST_REQUESTS) return `${seen.requests} requests`;
	if (typeof expectation === 'function') return expectation(seen, plain);
	const came = seen.result === null ? `told "${seen.told}"` : JSON.stringify(seen.result);
	if (expectation instanceof RegExp) {
		const isTold = seen.result === null && expectation.test(seen.told);
		return isTold ? undefined : `${came} instead of ${String(expectation)}`;
	}
	const isSuccess = seen.result !== null && seen.told === plain.told;
	const isSame = JSON.stringify(seen.result) === JSON.stringify(plain.result);
	const isRight = {
		same: isSame && seen.told === plain.told,
		part: isSuccess && isPart(seen.result, plain.result),
		more: isSuccess && isPart(plain.result, seen.result),
		done: isSuccess,
	};
	return isRight[expectation] ? undefined : `${came} instead of ${JSON.stringify(plain)}`;
}

it('Every dialect of the sandbox is expected to come to something', () => {
	const expected = ROWS.flatMap(({ dialects }) => dialects);
	expect(DIALECT_NAMES.filter((name) => !expected.includes(name))).toEqual([]);
});

it.each([...PROBES, ...refusedProbes])('Two plain shops give the same: $name', async (probe) => {
	const { requests, ...seen } = await askPlainly(probe);
	expect(await probe.run({ dialects: [] })).toMatchObject(seen);
	expect(requests).toBeLessThan(MOST_REQUESTS);
});

it.each(ROWS.map((row) => [row.dialects.join(', '), row] as const))(
	'All is as with the plain sandbox, or told rightly, where PonponPay speaks %s',
	async (_names, { rules, only = () => true, refuses = false, ...manner }) => {
		const complaints: Record<string, string> = {};
		for (const probe of refuses ? [...PROBES, ...refusedProbes] : PROBES) {
			const plain = await askPlainly(probe);
			const subject = { name: probe.name, asked: plain.asked };
			if (!only(subject)) continue;
			const [, expectation = 'same'] = rules.find(([fits]) => fits(subject)) ?? [];
			const wrong = complaint(expectation, await probe.run(manner), plain);
			if (wrong !== undefined) complaints[probe.name] = wrong.slice(0, 1000);
		}
		expect(complaints).toEqual({});
	},
);
