/**
 * `npm run bench`: how fast the action node is, beside n8n's own HTTP Request node, a node that does one item after the other,
 * and a bare HTTP client; all in one run, in the n8n that the end-to-end tests install, with that n8n's Node.
 *
 *     bench.mts [--quick]
 *
 * Prints a table and writes `.cache/bench/latest.json`. Absolute times are this machine's; compare the ratios.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';

import { bundle } from '../engine/harness/bundle.mts';
import { ensureN8n } from '../n8n/install.mts';
import { packPackage } from '../n8n/package.mts';
import { cachePath } from '../n8n/repository.mts';
import { measureLoading } from './loading.mts';
import type { Measurements, MeasureSettings } from './measure.mts';
import { reportOf, targetsOf } from './report.mts';

const FULL: MeasureSettings = {
	rounds: 5,
	delays: [0, 50, 200],
	loads: [1, 100, 1000],
	longestSequential: 60_000,
	listOf: 10_000,
	listDelay: 50,
	memoryOf: [2_500, 10_000, 20_000],
};
const QUICK: MeasureSettings = { ...FULL, rounds: 2, delays: [50], longestSequential: 6_000 };

const settings = process.argv.includes('--quick') ? QUICK : FULL;
const say = (line: string) => process.stderr.write(`${line}\n`);
const started: ChildProcess[] = [];
process.on('exit', () => started.forEach((child) => child.kill('SIGKILL')));

async function startApi(nodePath: string, file: string): Promise<string> {
	const server = spawn(nodePath, [file], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
	started.push(server);
	if (server.stdout === null) throw new Error('The server has no output');
	const [line] = (await once(server.stdout, 'data')) as [Buffer];
	return line.toString().trim();
}

async function measure(nodePath: string, file: string, port: string): Promise<Measurements> {
	const child = spawn(nodePath, ['--expose-gc', file, port, JSON.stringify(settings)], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	started.push(child);
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The measurement ended with ${code}`);
	});
	const [measurements] = (await Promise.race([once(child, 'message'), ended])) as [Measurements];
	return measurements;
}

async function main(): Promise<void> {
	const installation = await ensureN8n();
	const { nodePath, version } = installation;
	// …/node_modules/n8n/bin/n8n: the folder that has node_modules.
	const home = dirname(dirname(dirname(dirname(installation.scriptPath))));
	const tarball = await packPackage();
	const programs = {
		api: join(home, 'bench-api.cjs'),
		measure: join(home, 'bench-measure.cjs'),
	};
	try {
		bundle('test/bench/apiServer.mts', programs.api);
		bundle('test/bench/measure.mts', programs.measure);
		say('Measuring …');
		const loading = measureLoading(tarball, home, nodePath);
		const port = await startApi(nodePath, programs.api);
		const measurements = await measure(nodePath, programs.measure, port);
		const targets = targetsOf(measurements, loading);
		const processors = cpus();
		const machine = `${processors.length} cores (${processors[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()}, Node ${measurements.node}, n8n ${version}; ours with its default concurrency of ${measurements.concurrency}`;
		process.stdout.write(`${reportOf(machine, measurements, targets)}\n`);
		const file = cachePath('bench', 'latest.json');
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(
			file,
			JSON.stringify(
				{ at: new Date().toISOString(), machine, settings, measurements, loading, targets },
				undefined,
				'\t',
			),
		);
		say(`Written to ${file}`);
	} finally {
		for (const file of Object.values(programs)) rmSync(file, { force: true });
	}
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		say(error instanceof Error ? error.message : String(error));
		process.exit(1);
	},
);
