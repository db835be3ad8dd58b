import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cleanEnvironment } from '../n8n/commands.mts';
import { packPackage } from '../n8n/package.mts';
import { repositoryRoot } from '../n8n/repository.mts';

const run = promisify(execFile);

/** What the scanner reads of a package from npm, and of the sources that it was built from. */
const PACKED = ['**/*.js', 'package.json'];
const SOURCES = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];

const NODE = 'dist/nodes/PonponPay/PonponPay.node.js';

/** What n8n demands of a community package before it is verified; all but the provenance, which only npm can tell. */
describe("n8n's scan of community packages", () => {
	let home: string;
	let packed: string;

	beforeAll(async () => {
		home = await mkdtemp(join(tmpdir(), 'ponponpay-scan-'));
		packed = join(home, 'package');
		await run('tar', ['-xzf', await packPackage(), '-C', home]);
	});
	afterAll(async () => await rm(home, { recursive: true, force: true }));

	/** The findings as text; empty when there are none. */
	const scan = async (folder: string, patterns: string[]): Promise<string> => {
		const script = join(repositoryRoot(), 'test', 'package', 'scan.mjs');
		// Not this environment: with NODE_ENV=test the rules take every file for an example of theirs.
		const env = cleanEnvironment();
		const { stdout } = await run(process.execPath, [script, folder, ...patterns], { env });
		return stdout;
	};

	it('finds nothing in the packed package', async () => {
		expect(await scan(packed, PACKED)).toBe('');
	});

	it('finds nothing in its sources', async () => {
		expect(await scan(repositoryRoot(), SOURCES)).toBe('');
	});

	it.each([
		[
			'a look at the environment',
			'no-restricted-globals',
			async (folder: string) => await appendFile(join(folder, NODE), 'process.env.HOME;\n'),
		],
		[
			'a look into the file system',
			'no-restricted-imports',
			async (folder: string) => await appendFile(join(folder, NODE), 'require("fs");\n'),
		],
		[
			'a dependency',
			'no-runtime-dependencies',
			async (folder: string) => {
				const path = join(folder, 'package.json');
				const manifest = JSON.parse(await readFile(path, 'utf8')) as object;
				const dependencies = { uqr: '0.1.3' };
				await writeFile(path, JSON.stringify({ ...manifest, dependencies }));
			},
		],
	])('would find %s', async (_what, rule, plant) => {
		const planted = await mkdtemp(join(home, 'planted-'));
		await cp(packed, planted, { recursive: true });
		await plant(planted);
		expect(await scan(planted, PACKED)).toContain(rule);
	});
});
