import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { repositoryRoot } from '../n8n/repository.mts';

const root = repositoryRoot();

/** The text of a file, by its path from the root. */
export function readText(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** The names of the files in a folder that end so, in alphabetical order. */
export function listFiles(folder: string, ending: string): string[] {
	return readdirSync(join(root, folder))
		.filter((name) => name.endsWith(ending))
		.sort();
}

/** The files of the package's own code, by path from the root. */
export function listSources(): string[] {
	return ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => join(folder, file).replaceAll('\\', '/'))
			.sort(),
	);
}

/** The sources of the nodes as one text, for messages that stand in them. */
export function readSources(): string {
	return listSources().map(readText).join('\n');
}

/** Whether a file or folder is there, by its path from the root. */
export function isFile(path: string): boolean {
	return existsSync(join(root, path));
}

/** Where a relative link in this document leads, as a path from the root. */
export function linkTarget(document: string, link: string): string {
	return link === '' ? document : join(dirname(document), link);
}

export function readScripts(): Record<string, string> {
	return (JSON.parse(readText('package.json')) as { scripts: Record<string, string> }).scripts;
}
