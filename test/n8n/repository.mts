import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const PACKAGE_NAME = 'n8n-nodes-ponponpay';

/**
 * The folder of this repository, found upwards from the working directory: these modules run both
 * as ES modules (demo) and as CommonJS (jest), which know their own place by different names.
 */
export function repositoryRoot(from = process.cwd()): string {
	const manifest = join(from, 'package.json');
	if (existsSync(manifest)) {
		const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
		if (name === PACKAGE_NAME) return from;
	}
	const parent = dirname(from);
	if (parent === from) throw new Error(`Run this inside the repository of ${PACKAGE_NAME}.`);
	return repositoryRoot(parent);
}

/** A place below the git-ignored `.cache` folder, where everything downloaded or built lives. */
export function cachePath(...parts: string[]): string {
	return join(repositoryRoot(), '.cache', ...parts);
}
