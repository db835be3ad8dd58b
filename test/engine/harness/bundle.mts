import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

import { DEFINE } from '../../../esbuild.config.cjs';

const OUTSIDE = ['n8n-core', 'n8n-workflow', 'undici'];

/**
 * Makes one CommonJS file of an entry and all that is ours in it, to be run by any Node.
 *
 * n8n stays outside, as the one copy that its own code has too: the file must lie where its `node_modules` is found.
 *
 * @param entry from the repository's root
 * @param file where the result goes
 */
export function bundle(entry: string, file: string): void {
	const esbuild = resolve('node_modules', '.bin', 'esbuild');
	const flags = [
		'--bundle',
		'--platform=node',
		'--format=cjs',
		'--target=node20',
		...Object.entries(DEFINE).map(([name, value]) => `--define:${name}=${value}`),
		...OUTSIDE.map((name) => `--external:${name}`),
	];
	execFileSync(esbuild, [
		entry,
		...flags,
		'--resolve-extensions=.ts,.mts,.js,.json',
		'--log-level=warning',
		`--outfile=${file}`,
	]);
}
