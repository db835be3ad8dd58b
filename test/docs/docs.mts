/**
 * `npm run docs`: writes the tables of the pages that follow from code, in place between their markers.
 *
 * English comes from the code and from docs/tables.json, Chinese from docs/zh.json. What has no translation yet is
 * written in English and named at the end.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import './buildConstants.mts';
import { repositoryRoot } from '../n8n/repository.mts';
import { readText } from '../unit/repositoryFiles.mts';
import { listPages, withTables } from './documents.mts';
import { untranslated } from './translations.mts';

for (const page of listPages()) {
	const file = join(repositoryRoot(), page.path);
	const settings = await resolveConfig(file, { editorconfig: true });
	const text = await format(withTables(page), { ...settings, filepath: file });
	if (text === readText(page.path)) continue;
	writeFileSync(file, text);
	process.stdout.write(`${page.path} is written anew.\n`);
}
for (const text of untranslated()) process.stdout.write(`docs/zh.json lacks: ${text}\n`);
