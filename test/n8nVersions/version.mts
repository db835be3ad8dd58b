import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { folderOf, versions } from './folders.cjs';

const { n8nFolder } = (globalThis as unknown as { engineHost: { n8nFolder: string } }).engineHost;

/** The n8n-core that this run of the tests is about. */
export const CORE = Object.keys(versions).find((version) => folderOf(version) === n8nFolder) ?? '';

/** Whether that n8n-core is at least this new, as "2.20". */
export function isSince(version: string): boolean {
	const [major, minor] = CORE.split('.').map(Number);
	const [sinceMajor, sinceMinor] = version.split('.').map(Number);
	return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

/** The version that the loaded package itself names. */
export function installedVersion(name: 'n8n-core' | 'n8n-workflow'): string {
	const path = join(n8nFolder, 'node_modules', name, 'package.json');
	return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
