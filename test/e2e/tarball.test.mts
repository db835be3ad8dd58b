import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { listTarball, packPackage } from '../n8n/package.mts';
import { repositoryRoot } from '../n8n/repository.mts';

interface Manifest {
	files: string[];
	dependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

/** Each node is a bundle of its own with readable names, and what they share is in each of them; there are four. */
const MOST_BYTES = 250_000;

describe('the packed package', () => {
	let tarball: string;
	let files: string[];
	let manifest: Manifest;

	beforeAll(async () => {
		tarball = await packPackage();
		files = await listTarball(tarball);
		manifest = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8')) as Manifest;
	});

	it('holds dist, README, LICENSE, CHANGELOG and package.json, and nothing else', () => {
		const top = new Set(files.map((file) => (file.startsWith('dist/') ? 'dist' : file)));
		expect([...top].sort()).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'dist',
			'package.json',
		]);
	});

	it('holds what runs, and neither sources nor tests', () => {
		const strange = files.filter(
			(file) => file.startsWith('dist/') && !/(\.(js|svg|json)|THIRD-PARTY-NOTICES)$/.test(file),
		);
		expect(strange).toEqual([]);
		expect(files.filter((file) => /(^|\/)(test|examples)\//.test(file))).toEqual([]);
	});

	it('holds every node and credential that its package.json announces', () => {
		const announced = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
		expect(files).toEqual(expect.arrayContaining(announced));
	});

	it('has a codex file beside each node', () => {
		const codexFiles = manifest.n8n.nodes.map((node) => node.replace(/\.js$/, '.json'));
		expect(files).toEqual(expect.arrayContaining(codexFiles));
	});

	it('holds each picture once', () => {
		expect(files.filter((file) => file.endsWith('.svg'))).toEqual([
			'dist/icons/ponponpay.dark.svg',
			'dist/icons/ponponpay.svg',
		]);
	});

	it('names the licences of the libraries in it', () => {
		expect(files).toContain('dist/THIRD-PARTY-NOTICES');
	});

	it('brings no dependencies of its own', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
	});

	it(`is smaller than ${MOST_BYTES / 1000} kB`, () => {
		expect(statSync(tarball).size).toBeLessThan(MOST_BYTES);
	});
});
