import { readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

import { repositoryRoot } from '../n8n/repository.mts';
import { tableRows } from './markdown';
import { readText } from './repositoryFiles.mts';

interface Manifest {
	dependencies?: object;
	devDependencies: Record<string, string>;
	scripts: Record<string, string>;
}

const manifest = JSON.parse(readText('package.json')) as Manifest;
const names = Object.keys(manifest.devDependencies);

/** All code of ours that could name a dependency, by path from the root. */
function codeFiles(): string[] {
	const root = repositoryRoot();
	const within = ['credentials', 'nodes', 'test'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.map((file) => join(folder, file))
			.filter((file) => /\.[cm]?[jt]s$/.test(file)),
	);
	const above = readdirSync(root).filter((file) => /\.[cm]?js$/.test(file));
	return [...above, ...within];
}

/** The packages that a file imports; Node's own modules and files of ours are none. */
function imported(code: string): string[] {
	const found = code.matchAll(
		/(?:^import |\bfrom |\brequire\(|\bimport\()\s*(?:[\w*{}, ]+ from )?['"]([^'".][^'"\n]*)['"]/gm,
	);
	return [...found]
		.map(([, name]) => name)
		.filter((name) => !isBuiltin(name))
		.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
}

const code = codeFiles().map(readText);
const used = new Set(code.flatMap(imported));

/** Programs and types, which nothing imports, and what calls for them. */
const CALLED: Record<string, () => boolean> = {
	eslint: () => manifest.scripts.lint === 'n8n-node lint',
	jest: () => readText('test/run.mts').includes('node_modules/jest/bin/jest.js'),
	prettier: () => manifest.scripts.format.startsWith('prettier '),
	tsx: () => readText('test/bootstrap.mjs').includes("'--import', 'tsx'"),
	'@types/jest': () => readText('tsconfig.json').includes('"jest"'),
	'@types/node': () => readText('tsconfig.json').includes('"node"'),
	'@types/express': () => used.has('express'),
	'@types/luxon': () => used.has('luxon'),
	'@types/pngjs': () => used.has('pngjs'),
};

describe('the dependencies', () => {
	it('are none where the package runs', () => {
		expect(manifest.dependencies).toBeUndefined();
	});

	it('each have their reason in docs/dependencies.md, and no other has one', () => {
		const table = tableRows(readText('docs/dependencies.md'));
		expect(table.map(([name]) => name)).toEqual(names);
		expect(table.filter(([, reason]) => reason === '')).toEqual([]);
	});

	it('are each pinned to one version', () => {
		const versions = Object.values(manifest.devDependencies);
		expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
	});

	it('are each used', () => {
		const idle = names.filter((name) => !(CALLED[name]?.() ?? used.has(name)));
		expect(idle).toEqual([]);
	});

	it('are all that our code imports', () => {
		// They come with the n8n that the benchmark and the end-to-end tests run.
		const ofN8n = ['n8n-nodes-base', 'sqlite3'];
		const undeclared = [...used].filter((name) => !names.includes(name) && !ofN8n.includes(name));
		expect(undeclared).toEqual([]);
	});
});
