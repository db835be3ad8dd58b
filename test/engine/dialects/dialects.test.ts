import { DIALECT_NAMES } from '../../sandbox/dialects/table.mts';
import { ROWS, type Expectation } from './expectations.mts';
import { PROBES, refusedProbes, type Probe, type Seen } from './probes.mts';

/** More than any list of these shops needs, by far less than a server that never ends could cost. */
const MOST_REQUESTS = 60;

/** What the plain sandbox gives, asked once. */
const plainly = new Map<string, Promise<Seen>>();

async function askPlainly(probe: Probe): Promise<Seen> {
	const known = plainly.get(probe.name);
	if (known) return await known;
	const asked = probe.run({ dialects: [] });
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

function expectSeen(expectation: Expectation, seen: Seen, plain: Seen): void {
	if (typeof expectation === 'function') {
		expect(expectation(seen, plain)).toBeUndefined();
	} else if (expectation instanceof RegExp) {
		expect(seen.result).toBeNull();
		expect(seen.told).toMatch(expectation);
	} else if (expectation === 'same') {
		expect(seen).toMatchObject({ result: plain.result, told: plain.told });
	} else {
		expect({ told: seen.told, isNothing: seen.result === null }).toEqual({
			told: plain.told,
			isNothing: false,
		});
		if (expectation === 'part') expect(isPart(seen.result, plain.result)).toBe(true);
	}
}

it('Every dialect of the sandbox is expected to come to something', () => {
	const expected = ROWS.flatMap(({ dialects }) => dialects);
	expect(DIALECT_NAMES.filter((name) => !expected.includes(name))).toEqual([]);
});

it.each(PROBES)('Two plain shops give the same: $name', async (probe) => {
	const { requests, ...seen } = await askPlainly(probe);
	expect(await probe.run({ dialects: [] })).toMatchObject(seen);
	expect(requests).toBeLessThan(MOST_REQUESTS);
});

describe.each(ROWS.map((row) => [row.dialects.join(', '), row] as const))(
	'Where PonponPay speaks %s',
	(_names, { rules, refuses = false, ...manner }) => {
		it.each(refuses ? [...PROBES, ...refusedProbes] : PROBES)('$name', async (probe) => {
			const plain = await askPlainly(probe);
			const seen = await probe.run(manner);
			const subject = { name: probe.name, asked: plain.asked };
			const [, expectation] = rules.find(([fits]) => fits(subject)) ?? [undefined, 'same' as const];
			expectSeen(expectation, seen, plain);
			expect(seen.requests).toBeLessThan(MOST_REQUESTS);
		});
	},
);
