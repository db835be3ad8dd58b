import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from '../n8n/repository.mts';

const root = repositoryRoot();

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What people read at the root of the repository. */
export function readTexts(): { readme: string; changelog: string } {
	return { readme: read('README.md'), changelog: read('CHANGELOG.md') };
}

/** The sources of the nodes as one text, for messages that stand in them. */
export function readSources(): string {
	const files = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' });
	return files
		.filter((file) => file.endsWith('.ts'))
		.map((file) => read(join('nodes', file)))
		.join('\n');
}

/** Whether a file or folder is there, by its path from the root. */
export function isFile(path: string): boolean {
	return existsSync(join(root, path));
}

export function readScripts(): Record<string, string> {
	return (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
}
