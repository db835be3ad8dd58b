import { listFiles, readText } from './repositoryFiles.mts';

interface Example {
	nodes: Array<{
		name: string;
		type: string;
		parameters: { content?: string };
		credentials?: Record<string, { id: string }>;
	}>;
}

/** From these "Execute workflow" does not start: the editor prefers them to the manual trigger, and waits for a call. */
const WAITS_TO_BE_CALLED = /\.(webhook|formTrigger|ponponPayTrigger|telegramTrigger|chatTrigger)$/;

describe.each(listFiles('examples', '.json'))('the example %s', (file) => {
	const { nodes } = JSON.parse(readText(`examples/${file}`)) as Example;
	const notes = nodes.flatMap(({ parameters }) => parameters.content ?? []);

	it('has a note that explains it', () => {
		expect(notes.join('\n')).toMatch(/^## /);
	});

	it('starts at one press of "Execute workflow", if its note says so', () => {
		const saysSo = /press \*Execute workflow\*/i.test(notes.join('\n'));
		const waiting = nodes.filter(({ type }) => WAITS_TO_BE_CALLED.test(type));
		expect(saysSo ? waiting.map(({ name }) => name) : []).toEqual([]);
	});

	it('holds no credential of anybody', () => {
		const references = nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
		expect(references.filter(({ id }) => id !== '')).toEqual([]);
	});
});
