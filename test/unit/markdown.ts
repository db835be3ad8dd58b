/** What the tests read out of a Markdown document. */

/** The rows of the first table, without its head; code marks are taken off. */
export function tableRows(text: string): string[][] {
	const lines = text.slice(text.indexOf('\n|')).trim().split('\n');
	const end = lines.findIndex((line) => !line.startsWith('|'));
	return lines.slice(2, end < 0 ? undefined : end).map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim().replaceAll('`', '')),
	);
}

/** A link as it is written: a path, which is empty for this very document, and the anchor in it. */
export type Link = { path: string; anchor?: string };

/** The links that lead to this repository, pictures included. */
export function localLinks(text: string): Link[] {
	return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target]) => target)
		.filter((target) => !/^https?:/.test(target))
		.map((target) => {
			const [path, anchor] = target.split('#');
			return { path, anchor };
		});
}

export function pictures(text: string): string[] {
	return [...text.matchAll(/^!\[[^\]]+\]\(\S*?([^/)]+)\)$/gm)].map(([, name]) => name);
}

/** The anchors that GitHub gives to the headings. */
export function anchors(text: string): string[] {
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
			.replaceAll(' ', '-'),
	);
}

/** Everything marked as code within a line. */
export function codeSpans(text: string): string[] {
	return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
}

/** The commands of npm, without the `#` remarks beside them. */
export function npmCommands(text: string): string[] {
	return [...text.matchAll(/(?:`|^ {4})(npm [^`#\n]*)/gm)].map(([, command]) => command.trim());
}

/** The sentences that begin a table's row in quotation marks. */
export function quotedMessages(text: string): string[] {
	return [...text.matchAll(/^\| "([^"]+)"/gm)].map(([, message]) => message);
}

/** How the lines of tables and lists follow each other, as one character each: `|`, `-` or `1`. */
export function rowsAndItems(text: string): string {
	return [...text.matchAll(/^(?:([|-])|(\d)\.) /gm)].map(([, mark]) => mark ?? '1').join('');
}
