import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from '../n8n/repository.mts';
import { readText } from './repositoryFiles.mts';

/** Where names of the wire are read: one reader for each thing, and the shapes that prove it. */
const READERS =
	/^nodes\/shared\/(api\/shapes\/\w+|model\/(dispute|event|merchant|order|paymentMethod|refund|statistics|transaction|webhook|wire))\.ts$/;
/** Request bodies are ours: what was put into one may be read from it again. */
const REQUEST = /\b(asked|order|request|wanted)\.$/;

const SNAKE_CASE_MEMBER = /(?:\.|(?<=[\w)\]])\[')([a-z]+(?:_[a-z]+)+)\b/g;
const SNAKE_CASE_READ =
	/firstText\([^)]*|\{[^{}]*\b[a-z]+_[a-z_]+\b[^{}:]*\} = (?:wire|data|body|answer)/g;

const files = readdirSync(join(repositoryRoot(), 'nodes'), { recursive: true, encoding: 'utf8' })
	.map((file) => `nodes/${file.replaceAll('\\', '/')}`)
	.filter((file) => file.endsWith('.ts') && !READERS.test(file));

/** Where a file reads a member by a name of the wire. */
function wireReads(file: string): string[] {
	const code = readText(file).replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
	const members = [...code.matchAll(SNAKE_CASE_MEMBER)]
		.filter(({ index }) => !REQUEST.test(code.slice(0, index + 1)))
		.map(([, name]) => name);
	const reads = [...code.matchAll(SNAKE_CASE_READ)]
		.map(([text]) => text)
		.filter((text) => /'[a-z]+_|\{/.test(text));
	return [...members, ...reads].map((found) => `${file}: ${found}`);
}

describe('A name of the wire', () => {
	it('is read by the reader of its thing, and nowhere else', () => {
		expect(files.length).toBeGreaterThan(100);
		expect(files.flatMap(wireReads)).toEqual([]);
	});
});
