import { LANGUAGES, written, type Language } from './language.mts';
import { TABLES, type Table } from './tables.mts';
import { listFiles, readText } from '../unit/repositoryFiles.mts';

/** A document with the language it is in. */
export interface Page {
	path: string;
	language: Language;
}

/** What stands between the markers of one table. */
const MARKED = /^<!-- table: (\w+) -->\n([\s\S]*?)^<!-- end of table -->$/gm;

/** Every page below `docs`, and both READMEs. */
export function listPages(): Page[] {
	return LANGUAGES.flatMap((language) => {
		const { folder, readme } = language;
		const inFolder = listFiles(folder, '.md').map((file) => `${folder}/${file}`);
		const others = new Set(LANGUAGES.map((one) => one.readme));
		return [readme, ...inFolder.filter((path) => !others.has(path))].map((path) => ({
			path,
			language,
		}));
	});
}

/** This page with its tables written anew. */
export function withTables({ path, language }: Page): string {
	return readText(path).replace(MARKED, (_all, name: string) => {
		const lines = [`<!-- table: ${name} -->`, '', ...markdown(tableNamed(name, path), language)];
		return [...lines, '', '<!-- end of table -->'].join('\n');
	});
}

/** The cells of every table on this page as they stand there, by the table's name. */
export function tablesOn(path: string): Map<string, string[][]> {
	const found = [...readText(path).matchAll(MARKED)];
	return new Map(found.map(([, name, text]) => [name, cellsOf(text)]));
}

/** The cells of a table as the code has them now, the head first. */
export function cellsFor(name: string, language: Language): string[][] {
	const { head, rows } = tableNamed(name, name);
	return [head, ...rows].map((row) => row.map((cell) => written(cell, language)));
}

function tableNamed(name: string, where: string): Table {
	if (!(name in TABLES)) throw new Error(`${where}: there is no table named ${name}.`);
	return TABLES[name]();
}

function markdown({ head, rows }: Table, language: Language): string[] {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const texts = [head, ...rows].map((row) => row.map((cell) => written(cell, language)));
	const [first, ...others] = texts.map((row) =>
		line(row.map((text) => text.replaceAll('|', '\\|'))),
	);
	return [first, line(head.map(() => '---')), ...others];
}

function cellsOf(text: string): string[][] {
	const lines = text
		.trim()
		.split('\n')
		.filter((one) => one.startsWith('|'));
	return lines
		.filter((_line, index) => index !== 1)
		.map((one) =>
			one
				.split(/(?<!\\)\|/)
				.slice(1, -1)
				.map((cell) => cell.trim().replaceAll('\\|', '|')),
		);
}
