import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/**
 * Makes one CommonJS file of an entry and all that is ours in it, to be run by any Node.
 *
 * Packages stay outside, so that n8n's are the one copy that n8n's own code has: run it with the repository's root in
 * `NODE_PATH`, or from a file below it.
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
		'--packages=external',
	];
	execFileSync(esbuild, [
		entry,
		...flags,
		'--resolve-extensions=.ts,.mts,.json',
		'--log-level=warning',
		`--outfile=${file}`,
	]);
}
