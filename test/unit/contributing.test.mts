import { dirname } from 'node:path';

import { inserted, readInstructions, sectionOf } from '../contributing/instructions.mts';
import { isFile, readText } from './repositoryFiles.mts';

/** `npm run test:contributing` carries the example out, which takes its time; this tells at once where it is outdated. */
describe('The worked example of CONTRIBUTING.md', () => {
	const instructions = readInstructions(
		sectionOf(readText('CONTRIBUTING.md'), 'Adding an operation'),
	);

	it('names places that are there, once each', () => {
		expect(instructions.length).toBeGreaterThan(9);
		for (const instruction of instructions) {
			if (instruction.kind === 'create') expect(isFile(dirname(instruction.path))).toBe(true);
			if (instruction.kind === 'insert') {
				const text = readText(instruction.path);
				expect(inserted(text, instruction).length).toBeGreaterThan(text.length);
			}
		}
	});
});
