import { processMemory, processMemorySizes } from '../../../nodes/shared/once/processMemory';
import { UsedOnce } from '../../../nodes/shared/once/usedOnce';
import { listSources, readText } from '../repositoryFiles.mts';

const LIST = 'nodes/shared/once/processMemory.ts';

const sources = listSources().map((file) => ({ file, text: readText(file) }));

/** What stands in the list of all that a process remembers. */
const listed = [...readText(LIST).matchAll(/^\t'([^']+)': /gm)].map(([, what]) => what);

describe('What one n8n process remembers', () => {
	it('stands in one list, each thing in use once', () => {
		const used = sources.flatMap(({ text }) =>
			[...text.matchAll(/processMemory\(\s*'([^']+)'/g)].map(([, what]) => what),
		);
		expect(used.sort()).toEqual([...listed].sort());
	});

	it('is kept by no module on its own', () => {
		// A table that nobody can add to is typed as such, and remembers nothing.
		const own = sources
			.filter(({ file }) => file !== LIST)
			.flatMap(({ file, text }) => {
				const made = text.matchAll(
					/^(?:export )?(?:const|let) (\w+)(?:: (?!Readonly)[^=]+)? = (?:new \w+(?:<.*>)?\((?!\[)|\{\};|\[\];)/gm,
				);
				const changing = [...made].filter(([text]) => !text.includes(': Readonly'));
				return changing.map(([, name]) => `${file} ${name}`);
			});
		// Listed from there, because the room of signatures imports none above it.
		expect(own).toEqual([
			// A weak map, which goes with the executions it tells of.
			'nodes/shared/once/toolCalls.ts executions',
			'nodes/shared/signature/apiKey.ts hashedApiKeys',
			'nodes/shared/signature/sharedSecret.ts secretKeys',
		]);
	});

	it('is bounded, and can be looked at', () => {
		const used = processMemory('woken suspensions', (capacity) => new UsedOnce(() => 0, capacity));
		used.claim('a');
		expect(processMemorySizes()).toEqual([
			{ what: 'hashed API keys', size: 0, capacity: 16 },
			{ what: 'webhook secrets', size: 0, capacity: 16 },
			{ what: 'woken suspensions', size: 1, capacity: 50_000 },
		]);
	});
});
