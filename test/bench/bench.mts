/**
 * `npm run bench`: how fast the nodes are, in the n8n that the end-to-end tests install, with that n8n's Node, all in one run:
 *
 * - the action node beside n8n's own HTTP Request node, a node that does one item after the other, and a bare HTTP client;
 * - the trigger beside n8n's own Stripe Trigger, which verifies too, and its Webhook node, which does not;
 * - the check of a signature beside the bare cryptography.
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

import type { Scheme } from '../../nodes/shared/signature/refusal';
import { bundle } from '../engine/harness/bundle.mts';
import { ensureN8n } from '../n8n/install.mts';
import { packPackage } from '../n8n/package.mts';
import { cachePath } from '../n8n/repository.mts';
import { measureLoading } from './loading.mts';
import type { EngineMeasurements, MeasureSettings } from './measure.mts';
import { reportOf, targetsOf, type Measurements } from './report.mts';
import { measureTriggers, type TriggerSettings } from './trigger.mts';

interface BenchSettings extends MeasureSettings {
	trigger: TriggerSettings;
	verificationRounds: number;
}

const FULL: BenchSettings = {
	rounds: 5,
	delays: [0, 50, 200],
	loads: [1, 100, 1000],
	longestSequential: 60_000,
	listOf: 10_000,
	listDelay: 50,
	memoryOf: [2_500, 10_000, 20_000],
	trigger: { default: { rounds: 10, deliveries: 40 }, legacy: { rounds: 24, deliveries: 150 } },
	verificationRounds: 301,
};
const QUICK: BenchSettings = {
	...FULL,
	rounds: 2,
	delays: [50],
	longestSequential: 6_000,
	trigger: { default: { rounds: 3, deliveries: 40 }, legacy: { rounds: 6, deliveries: 150 } },
};

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

/** Runs a program with n8n's Node; it sends one message, the result. */
async function resultOf<T>(nodePath: string, args: string[]): Promise<T> {
	const child = spawn(nodePath, ['--expose-gc', ...args], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	started.push(child);
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The measurement ended with ${code}`);
	});
	const [result] = (await Promise.race([once(child, 'message'), ended])) as [T];
	return result;
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
		verification: join(home, 'bench-verification.cjs'),
	};
	try {
		bundle('test/bench/apiServer.mts', programs.api);
		bundle('test/bench/measure.mts', programs.measure);
		bundle('test/bench/verification.mts', programs.verification);
		say('Measuring …');
		const loading = measureLoading(tarball, home, nodePath);
		const port = await startApi(nodePath, programs.api);
		const verification = async (scheme: Scheme) =>
			await resultOf<number[]>(nodePath, [
				programs.verification,
				scheme,
				String(settings.verificationRounds),
			]);
		const measurements: Measurements = {
			...(await resultOf<EngineMeasurements>(nodePath, [
				programs.measure,
				port,
				JSON.stringify(settings),
			])),
			verification: {
				secret: await verification('secret'),
				apiKey: await verification('apiKey'),
				ed25519: await verification('ed25519'),
			},
			triggers: await measureTriggers(settings.trigger, say),
		};
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
