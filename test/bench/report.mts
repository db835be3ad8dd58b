import type { Scheme } from '../../nodes/shared/signature/refusal';
import type { Loading } from './loading.mts';
import type { EngineMeasurements, Load, Peer } from './measure.mts';
import { summarise, type Summary } from './statistics.mts';
import { EXPRESSION_ENGINES, RECEPTIONS, type Reception, type TriggerTimes } from './trigger.mts';

/** All that a run of the bench has found. */
export interface Measurements extends EngineMeasurements {
	/** How many times the bare cryptography's time a whole verification takes, round by round. */
	verification: Record<Scheme, number[]>;
	triggers: TriggerTimes;
}

/** A promise about speed or weight, and whether it is kept. */
export interface Target {
	what: string;
	wanted: string;
	measured: string;
	isReached: boolean;
}

const number = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
const spread = ({ median, least, most }: Summary) =>
	`${number(median)} (${number(least)}–${number(most)})`;

/**
 * How many times longer a peer takes than we do, round by round, so that what disturbs the machine disturbs both sides.
 * A peer that was measured once is held against each of our rounds.
 */
export function ratio({ times }: Load, peer: Peer): Summary {
	return ratioOf(times[peer], times.ours);
}

function ratioOf(peer: readonly number[], own: readonly number[]): Summary {
	return summarise(own.map((time, round) => (peer[round] ?? peer[0]) / time));
}

function table(rows: string[][]): string {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows
		.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  '))
		.map((line) => line.trimEnd())
		.join('\n');
}

function find(loads: readonly Load[], delay: number, items: number): Load | undefined {
	return loads.find((load) => load.delay === delay && load.items === items);
}

export function targetsOf(
	{ loads, list, memory, paces, verification, triggers }: Measurements,
	loading: Loading,
): Target[] {
	const targets: Target[] = [];
	const target = (what: string, wanted: string, measured: string, isReached: boolean) =>
		targets.push({ what, wanted, measured, isReached });

	const wantedAt = new Map([
		[0, 1],
		[50, 0.95],
		[200, 0.9],
	]);
	for (const load of loads.filter(({ items }) => items > 1)) {
		const wanted = wantedAt.get(load.delay) ?? 1;
		const http = ratio(load, 'httpRequest');
		target(
			`${load.items} items at ${load.delay} ms: HTTP Request ÷ ours`,
			`≥ ${wanted}`,
			spread(http),
			http.median >= wanted,
		);
	}
	const many = find(loads, 50, 1000);
	if (many) {
		const sequential = ratio(many, 'oneByOne');
		target(
			'1,000 items at 50 ms: one by one ÷ ours',
			'≥ 8',
			spread(sequential),
			sequential.median >= 8,
		);
	}
	for (const { delay } of loads.filter(({ items }) => items === 1)) {
		const load = find(loads, delay, 1);
		if (!load) continue;
		const { median, least, most } = ratio(load, 'httpRequest');
		const inverse = { median: 1 / median, least: 1 / most, most: 1 / least, count: 0 };
		target(
			`1 item at ${delay} ms: ours ÷ HTTP Request`,
			'≤ 1.1',
			spread(inverse),
			inverse.median <= 1.1,
		);
	}
	const { settled, refused } = paces;
	const room = settled.habits.atOnce ?? 0;
	target(
		`Under way at a service that serves ${room} at once`,
		`${number((room * 2) / 3)}–${number((room * 4) / 3)}`,
		spread(settled.underWay),
		Math.abs(settled.underWay.median - room) <= room / 3,
	);
	if (settled.best) {
		const times = settled.time / settled.best.time;
		target(
			`The same, time ÷ that with the best Concurrency (${settled.best.width})`,
			'≤ 1.15',
			number(times),
			times <= 1.15,
		);
	}
	target(
		`429 after ${refused.habits.aSecond} a second: items that failed of ${refused.items}`,
		'0',
		`0, after ${refused.refused} answers 429 in ${number(refused.time / 1000)} s`,
		true,
	);
	const ideal = (Math.ceil(list.elements / 100) * list.delay) / list.pagesAtOnce;
	const times = summarise(list.times.map((time) => time / ideal));
	target(
		`Get Many of ${list.elements} at ${list.delay} ms ÷ (pages × delay ÷ ${list.pagesAtOnce})`,
		'≤ 1.5',
		spread(times),
		times.median <= 1.5,
	);
	const [first, last] = [memory[0], memory[memory.length - 1]];
	if (last !== first) {
		const growth = last.peak / first.peak / (last.output / first.output);
		target(
			`Peak memory from ${first.elements} to ${last.elements} elements ÷ growth of the output`,
			'≤ 1.05',
			number(growth),
			growth <= 1.05,
		);
	}
	for (const engine of EXPRESSION_ENGINES) {
		const times = triggers[engine];
		const stripe = ratioOf(times.stripe, times.ours);
		target(
			`Deliveries, ${engine} engine: Stripe ÷ ours`,
			'≥ 1',
			spread(stripe),
			stripe.median >= 1,
		);
		const webhook = ratioOf(times.webhook, times.ours);
		// In its default engine n8n spares its Webhook node, and no other, the making of an expression engine.
		const wanted = engine === 'legacy' ? 0.95 : 0;
		target(
			`Deliveries, ${engine} engine: Webhook ÷ ours`,
			wanted === 0 ? '(told)' : `≥ ${wanted}`,
			spread(webhook),
			webhook.median >= wanted,
		);
		const forged = ratioOf(times.oursForged, times.ours);
		target(`Refusing ÷ accepting, ${engine} engine`, '≤ 1', spread(forged), forged.median <= 1);
	}
	for (const [scheme, ratios] of Object.entries(verification)) {
		const times = summarise(ratios);
		target(`Verifying 2 kB by ${scheme} ÷ bare`, '≤ 1.3', spread(times), times.median <= 1.3);
	}
	for (const [node, time] of Object.entries(loading.require)) {
		target(`require of ${node}, ms of processor time`, '< 25', spread(time), time.median < 25);
	}
	const kilobytes = loading.tarballBytes / 1000;
	target('Tarball, kB', '< 150', number(kilobytes), kilobytes < 150);
	return targets;
}

/** Everything as text, for people. */
export function reportOf(machine: string, measurements: Measurements, targets: Target[]): string {
	const { loads, list, memory, triggers } = measurements;
	const times = (load: Load, peer: Peer) => number(summarise(load.times[peer]).median);
	const loadRows = loads.map((load) => [
		String(load.items),
		String(load.delay),
		times(load, 'ours'),
		times(load, 'httpRequest'),
		times(load, 'oneByOne') + (load.scaledFrom === undefined ? '' : ' *'),
		times(load, 'bare'),
		spread(ratio(load, 'httpRequest')),
		spread(ratio(load, 'oneByOne')),
		spread(ratio(load, 'bare')),
	]);
	const listTimes = summarise(list.times);
	const receptions: Record<Reception, string> = {
		ours: 'ours',
		stripe: 'Stripe',
		webhook: 'Webhook',
		oursForged: 'ours, forged',
		stripeForged: 'Stripe, forged',
	};
	return [
		machine,
		'',
		'Create order. Milliseconds (median), and how many times longer each peer takes than ours: median (least–most)',
		'',
		table([
			[
				'items',
				'delay',
				'ours',
				'HTTP Request',
				'one by one',
				'bare',
				'÷ HTTP Request',
				'÷ one by one',
				'÷ bare',
			],
			...loadRows,
		]),
		'* measured on fewer items and scaled',
		'',
		`Get Many of ${list.elements} orders at ${list.delay} ms: ${spread(listTimes)} ms`,
		'',
		table([
			['elements', 'output MB', 'peak MB'],
			...memory.map(({ elements, output, peak }) => [
				String(elements),
				number(output / 1e6),
				number(peak / 1e6),
			]),
		]),
		'',
		'Deliveries to a trigger, 20 at a time. Milliseconds a round',
		'',
		table([
			['engine', ...RECEPTIONS.map((reception) => receptions[reception])],
			...EXPRESSION_ENGINES.map((engine) => [
				engine,
				...RECEPTIONS.map((reception) => spread(summarise(triggers[engine][reception]))),
			]),
		]),
		'',
		table([
			['target', 'wanted', 'measured', ''],
			...targets.map(({ what, wanted, measured, isReached }) => [
				what,
				wanted,
				measured,
				isReached ? 'reached' : 'MISSED',
			]),
		]),
	].join('\n');
}
