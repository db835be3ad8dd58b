import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cachePath, repositoryRoot } from '../n8n/repository.mts';
import { readText } from '../unit/repositoryFiles.mts';
import {
	inserted,
	readCommands,
	readInstructions,
	sectionOf,
	type Instruction,
} from './instructions.mts';

const root = repositoryRoot();

/** What a fresh clone does not have. */
const NOT_IN_A_CLONE = new Set(['.cache', '.demo', '.git', 'coverage', 'dist', 'node_modules']);

/** How much of a failed command's output is shown. */
const LAST_WORDS = 6000;

const contributing = readText('CONTRIBUTING.md');
const instructions = readInstructions(sectionOf(contributing, 'Adding an operation'));
const checks = readCommands(sectionOf(contributing, 'Before you send it'));

let home: string;

beforeAll(async () => {
	await mkdir(cachePath(), { recursive: true });
	home = await mkdtemp(cachePath('contributing-'));
	const names = (await readdir(root)).filter((name) => !NOT_IN_A_CLONE.has(name));
	// With its times: else the lock file would look newer than what is installed.
	const asItIs = { recursive: true, preserveTimestamps: true };
	await Promise.all(names.map((name) => cp(join(root, name), join(home, name), asItIs)));
	await symlink(join(root, 'node_modules'), join(home, 'node_modules'), 'junction');
});
afterAll(async () => await rm(home, { recursive: true, force: true }));

/** @throws Error with the end of its output, where the command fails */
async function run(command: string): Promise<void> {
	// jest tells the programs that it starts what they are; this one is to be what a person starts.
	const { JEST_WORKER_ID: _worker, NODE_ENV: _mode, ...env } = process.env;
	const child = spawn(command, { cwd: home, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (data: Buffer) => (output += data.toString()));
	}
	const code = await new Promise((resolve) => child.on('close', resolve));
	if (code !== 0) throw new Error(`${command}:\n${output.slice(-LAST_WORDS)}`);
}

async function follow(instruction: Instruction): Promise<void> {
	if (instruction.kind === 'run') return await run(instruction.command);
	const file = join(home, instruction.path);
	if (instruction.kind === 'create') {
		return await writeFile(file, instruction.code, { flag: 'wx' });
	}
	await writeFile(file, inserted(await readFile(file, 'utf8'), instruction));
}

describe('The worked example of CONTRIBUTING.md', () => {
	it('can be carried out as it stands there', async () => {
		expect(instructions.length).toBeGreaterThan(9);
		for (const instruction of instructions) await follow(instruction);
	});

	it('ends with the checks that everybody runs', () => {
		expect(checks).toContain('npm test');
		expect(checks).toContain('npm run lint');
	});

	it.each(checks)('passes %s', async (command) => await run(command));
});
