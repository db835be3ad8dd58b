import { readText } from '../unit/repositoryFiles.mts';
import type { Cell } from './tables.mts';

/** A language in which the pages are written. */
export interface Language {
	name: string;
	/** The folder of its pages, from the root. */
	folder: string;
	readme: string;
	/** This English text in that language; `undefined` where nobody has translated it. */
	say(english: string): string | undefined;
	/** Between the sentences of a cell, and between words. */
	full: string;
	comma: string;
}

export const ENGLISH: Language = {
	name: 'English',
	folder: 'docs',
	readme: 'README.md',
	say: (english) => english,
	full: '. ',
	comma: ', ',
};

/** The Chinese of every English text in the tables, by that text: a changed sentence has none until it is translated anew. */
export const TRANSLATIONS = JSON.parse(readText('docs/zh.json')) as Record<string, string>;

export const CHINESE: Language = {
	name: 'Chinese',
	folder: 'docs/zh',
	readme: 'docs/README.zh.md',
	say: (english) => (/\p{L}/u.test(english) ? TRANSLATIONS[english] : english),
	full: '。',
	comma: '，',
};

export const LANGUAGES = [ENGLISH, CHINESE];

/** A cell as the page shows it. What has no translation stands there in English. */
export function written(cell: Cell, { say, full, comma }: Language): string {
	if (typeof cell === 'string') return cell;
	const texts = cell.texts.map((text) => say(text) ?? text);
	if (cell.between === 'words') return texts.join(comma);
	const joined = texts.map((text) => text.replace(/[.。]$/, '')).join(full);
	return joined.includes(full) ? `${joined}${full.trim()}` : joined;
}
