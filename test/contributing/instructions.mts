/** What CONTRIBUTING.md tells its reader to do, as the words say it. */
export type Instruction =
	| { kind: 'create'; path: string; code: string }
	/** The code goes above the one line that holds `above`, as deep as that line. */
	| { kind: 'insert'; path: string; above: string; code: string }
	| { kind: 'run'; command: string };

const CODE_BLOCK = /^ *```\w+\n([\s\S]*?)^ *```$/gm;
const NEW_FILE = /\bin the new file `([^`]+)`$/i;
const EXISTING_FILE = /\bin `([^`]+)`, above `([^`]+)`$/i;
const COMMAND = /\bthen run `([^`]+)`/gi;

/** A section of a document, without its heading. */
export function sectionOf(text: string, heading: string): string {
	const [, after] = text.split(`## ${heading}\n`);
	if (after === undefined) throw new Error(`There is no section "${heading}".`);
	return after.split(/^## /m)[0];
}

/**
 * The instructions of the worked example, in their order.
 *
 * @throws Error for a block of code of which the words before it do not say where it goes
 */
export function readInstructions(section: string): Instruction[] {
	const instructions: Instruction[] = [];
	let end = 0;
	for (const block of section.matchAll(CODE_BLOCK)) {
		const before = section.slice(end, block.index);
		end = block.index + block[0].length;
		instructions.push(...commandsIn(before), placeOf(before.trim(), outdented(block[1])));
	}
	return [...instructions, ...commandsIn(section.slice(end))];
}

/** The indented commands of a section, one after the other. */
export function readCommands(section: string): string[] {
	const lines = [...section.matchAll(/^ {4}(.+)$/gm)].map(([, line]) => line);
	return lines.flatMap((line) => line.split(' && '));
}

function placeOf(words: string, code: string): Instruction {
	const [, created] = NEW_FILE.exec(words) ?? [];
	if (created !== undefined) return { kind: 'create', path: created, code };
	const [, path, above] = EXISTING_FILE.exec(words) ?? [];
	if (path === undefined) throw new Error(`Nothing says where this goes:\n${code}`);
	return { kind: 'insert', path, above, code };
}

function commandsIn(words: string): Instruction[] {
	return [...words.matchAll(COMMAND)].map(([, command]) => ({ kind: 'run', command }));
}

/** Code in a list stands three spaces deep. */
function outdented(code: string): string {
	return code.replace(/^ {3}/gm, '');
}

/** A file's text with the code above the line that the instruction means. */
export function inserted(text: string, { above, code }: { above: string; code: string }): string {
	const lines = text.split('\n');
	const found = lines.filter((line) => line.includes(above));
	if (found.length !== 1) throw new Error(`${found.length} lines hold ${above}; it must be one.`);
	const at = lines.indexOf(found[0]);
	const indent = /^\s*/.exec(found[0])?.[0] ?? '';
	const added = code
		.trimEnd()
		.split('\n')
		.map((line) => (line === '' ? line : indent + line));
	return lines.toSpliced(at, 0, ...added).join('\n');
}
