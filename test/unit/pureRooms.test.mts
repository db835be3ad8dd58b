import { listFiles, readText } from './repositoryFiles.mts';

/** What a file imports, types too. */
function imports(path: string): string[] {
	const statements = readText(path).matchAll(
		/^(?:import|export .* from|\} from) ?[^']*?'([^']+)';$/gm,
	);
	return [...statements].map(([, name]) => name);
}

const filesOf = (room: string) =>
	listFiles(`nodes/shared/${room}`, '.ts').map((file) => `nodes/shared/${room}/${file}`);

describe('The rooms that know nothing of n8n', () => {
	it.each([...filesOf('signature'), ...filesOf('x402'), ...filesOf('model')])(
		'%s imports nothing from it',
		(path) => {
			expect(imports(path).filter((name) => /^n8n-/.test(name))).toEqual([]);
		},
	);

	it.each([...filesOf('signature'), ...filesOf('x402')])(
		'%s is made of cryptography and the model alone',
		(path) => {
			const strange = imports(path).filter(
				(name) => !/^(crypto|\.\/\w+|\.\.\/model\/\w+|\.\.\/lruMap)$/.test(name),
			);
			expect(strange).toEqual([]);
		},
	);

	it.each(filesOf('model'))('%s leans on no room above it', (path) => {
		const above = imports(path).filter((name) => /^\.\.\//.test(name));
		expect(above).toEqual([]);
	});
});
