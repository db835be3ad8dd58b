import { CHINESE, TRANSLATIONS } from './language.mts';
import { TABLES } from './tables.mts';

/** Every English text in the tables that is to be translated. */
function textsToTranslate(): string[] {
	const cells = Object.values(TABLES)
		.map((table) => table())
		.flatMap(({ head, rows }) => [head, ...rows].flat());
	return [...new Set(cells.flatMap((cell) => (typeof cell === 'string' ? [] : cell.texts)))];
}

/** English texts without a Chinese one. */
export function untranslated(): string[] {
	return textsToTranslate().filter((text) => CHINESE.say(text) === undefined);
}

/** Translations of texts that no table has any more. */
export function idleTranslations(): string[] {
	const texts = new Set(textsToTranslate());
	return Object.keys(TRANSLATIONS).filter((text) => !texts.has(text));
}
