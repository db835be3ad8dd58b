/**
 * Takes all measurements that need n8n's engine, within n8n's own installation and Node, and sends them to its parent.
 *
 *     measure <port of apiServer> <settings as JSON>
 */
import '../engine/harness/outside.mts';
import { PAGES_AT_ONCE } from '../../nodes/shared/api/list';
import { DEFAULT_CONCURRENCY } from '../../nodes/shared/api/pace';
import { bare } from './bare.mts';
import { execute } from './execution.mts';
import { memoryOf, type Memory } from './memory.mts';
import { httpRequest, oneByOne, ours, oursAtMost, oursList } from './peers.mts';
import { pathOf, type Habits, type Seen } from './service.mts';
import { summarise, type Summary } from './statistics.mts';

export type Peer = 'ours' | 'httpRequest' | 'oneByOne' | 'bare';

export interface MeasureSettings {
	rounds: number;
	delays: number[];
	loads: number[];
	/** A sequential run that would take longer than this many milliseconds is measured on fewer items and scaled. */
	longestSequential: number;
	listOf: number;
	listDelay: number;
	/** Elements of the lists on which memory is measured. */
	memoryOf: number[];
}

export interface Load {
	delay: number;
	items: number;
	/** Milliseconds per round, the rounds of all peers in turn. */
	times: Record<Peer, number[]>;
	/** On how many items the sequential peer was measured, where scaled. */
	scaledFrom?: number;
}

export interface EngineMeasurements {
	node: string;
	concurrency: number;
	loads: Load[];
	list: { elements: number; delay: number; pagesAtOnce: number; times: number[] };
	memory: Memory[];
	paces: { settled: Paced; refused: Paced };
}

/** How our pace fares with a service that has limits. */
export interface Paced {
	habits: Habits;
	items: number;
	/** Milliseconds. */
	time: number;
	/** Which Concurrency is the best for it, and what that takes. */
	best?: { width: number; time: number };
	/** How many were under way in the last two thirds of the run: median, least and most. */
	underWay: Summary;
	/** How many answers were 429. */
	refused: number;
}

const [port, json] = process.argv.slice(2);
const settings = JSON.parse(json ?? '{}') as MeasureSettings;
const say = (line: string) => process.stderr.write(`${line}\n`);
const urlFor = (...parts: Array<number | string>) => `http://127.0.0.1:${port}/${parts.join('/')}`;
const itemsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		json: { amount: `${index + 1}.5` },
		pairedItem: { item: index },
	}));

async function timeOf(peer: Peer, delay: number, count: number): Promise<number> {
	const url = urlFor(delay);
	if (peer === 'bare') return await bare(url, count, DEFAULT_CONCURRENCY);
	const contestant = { ours, httpRequest: httpRequest(url), oneByOne: oneByOne(url) }[peer];
	const { milliseconds, items } = await execute(contestant, url, itemsOf(count));
	if (items.length !== count) throw new Error(`${peer} gave ${items.length} items for ${count}`);
	return milliseconds;
}

const PEERS: readonly Peer[] = ['ours', 'httpRequest', 'oneByOne', 'bare'];

async function measureLoad(delay: number, items: number): Promise<Load> {
	const expected = items * (delay + 2);
	const isLong = expected > settings.longestSequential;
	const scaledFrom = isLong ? Math.min(items, 100) : undefined;
	const load: Load = {
		delay,
		items,
		times: { ours: [], httpRequest: [], oneByOne: [], bare: [] },
		scaledFrom,
	};
	// One item is over so soon that its ratio needs many rounds.
	const rounds = settings.rounds * (items === 1 ? 8 : items === 100 ? 2 : 1);
	for (let round = 0; round < rounds; round += 1) {
		// Each peer comes first in turn, so that none always inherits the same neighbour's garbage.
		const turn = PEERS.map((_, index) => PEERS[(index + round) % PEERS.length]);
		for (const peer of turn) {
			if (peer === 'oneByOne' && expected > 5_000 && round > 0) continue;
			const count = peer === 'oneByOne' ? (scaledFrom ?? items) : items;
			globalThis.gc?.();
			load.times[peer].push((await timeOf(peer, delay, count)) * (items / count));
		}
	}
	say(`  ${items} items at ${delay} ms: measured`);
	return load;
}

async function measureList(): Promise<EngineMeasurements['list']> {
	const { listOf: elements, listDelay: delay, rounds } = settings;
	const times: number[] = [];
	for (let round = 0; round < rounds * 2; round += 1) {
		globalThis.gc?.();
		const { milliseconds, items } = await execute(oursList, urlFor(delay, elements), itemsOf(1));
		if (items.length !== elements) throw new Error(`Get Many gave ${items.length} items`);
		times.push(milliseconds);
	}
	return { elements, delay, pagesAtOnce: Math.min(DEFAULT_CONCURRENCY, PAGES_AT_ONCE), times };
}

async function measurePace(items: number, habits: Habits, widths: number[]): Promise<Paced> {
	const url = urlFor(pathOf(habits));
	const fixed: Array<{ width: number; time: number }> = [];
	for (const width of widths) {
		const { milliseconds } = await execute(oursAtMost(width), url, itemsOf(items));
		fixed.push({ width, time: milliseconds });
	}
	const seen = async () => (await (await fetch(`${url}/seen`)).json()) as Seen;
	await seen();
	const { milliseconds: time, items: output } = await execute(ours, url, itemsOf(items));
	if (output.length !== items) throw new Error(`ours gave ${output.length} items for ${items}`);
	const { underWay, refused } = await seen();
	const [best] = fixed.sort((left, right) => left.time - right.time);
	const settled = summarise(underWay.slice(Math.floor(underWay.length / 3)));
	say(`  ${items} items at a service of ${pathOf(habits)}: measured`);
	return { habits, items, time, best, underWay: settled, refused };
}

async function main(): Promise<void> {
	for (const peer of PEERS) await timeOf(peer, 0, 200);
	await execute(oursList, urlFor(0, 2000), itemsOf(1));
	const loads: Load[] = [];
	for (const delay of settings.delays) {
		for (const items of settings.loads) loads.push(await measureLoad(delay, items));
	}
	const paces = {
		settled: await measurePace(600, { delay: 100, atOnce: 20 }, [16, 20, 24, 32]),
		refused: await measurePace(300, { delay: 50, aSecond: 50 }, []),
	};
	const list = await measureList();
	const memory: Memory[] = [];
	for (const elements of settings.memoryOf) {
		memory.push(
			await memoryOf(
				elements,
				async () => (await execute(oursList, urlFor(0, elements), itemsOf(1))).items,
			),
		);
	}
	const measurements: EngineMeasurements = {
		node: process.version,
		concurrency: DEFAULT_CONCURRENCY,
		loads,
		list,
		memory,
		paces,
	};
	process.send?.(measurements, () => process.exit());
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
