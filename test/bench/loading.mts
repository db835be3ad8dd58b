import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { summarise, type Summary } from './statistics.mts';

/** What the package weighs. */
export interface Loading {
	tarballBytes: number;
	/**
	 * Milliseconds of processor time that `require` of each node takes in a process that has n8n loaded already: on an idle
	 * machine the same as the time that passes, on a busy one still what the node costs.
	 */
	require: Record<string, Summary>;
}

const RUNS = 7;

const TIMED_REQUIRE = `
	require('n8n-core');
	require('n8n-workflow');
	const start = process.cpuUsage();
	require(process.argv[1]);
	const { user, system } = process.cpuUsage(start);
	process.stdout.write(String((user + system) / 1000));
	process.exit();
`;

/**
 * Measures the packed package beside n8n's own modules, as they lie in a real installation.
 *
 * @param modulesOf the folder whose `node_modules` has n8n
 */
export function measureLoading(tarball: string, modulesOf: string, nodePath: string): Loading {
	const folder = join(modulesOf, 'bench-package');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	try {
		execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
		const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[] };
		};
		const timed = (file: string) =>
			Array.from({ length: RUNS }, () =>
				Number(
					execFileSync(nodePath, ['-e', TIMED_REQUIRE, join(folder, file)], {
						cwd: modulesOf,
						env: { ...process.env, N8N_USER_FOLDER: folder },
						encoding: 'utf8',
					}),
				),
			);
		return {
			tarballBytes: statSync(tarball).size,
			require: Object.fromEntries(
				manifest.n8n.nodes.map((file) => [
					(file.split('/').pop() ?? file).replace('.node.js', ''),
					summarise(timed(file)),
				]),
			),
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
