import { basename, posix } from 'node:path';
import ts from 'typescript';

import { isFile, listSources, readText } from './repositoryFiles.mts';

const sources = listSources().map((file) => {
	const text = readText(file);
	return { file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true) };
});

/** From the ground up: a room may import what stands in a line above its own in this list, and what stands in its own. */
const FLOORS = [
	['lruMap', 'concurrency', 'model'],
	['x402'],
	['signature', 'fields'],
	['n8n', 'trigger'],
	['once'],
	['api'],
	['mcp'],
	['nodes', 'credentials'],
];

/** No rooms for a newcomer: single files, and what only asks for fields. */
const UNTOLD = ['lruMap', 'concurrency', 'credentials'];

function roomOf(file: string): string {
	const shared = /^nodes\/shared\/(\w+)/.exec(file);
	return shared?.[1] ?? file.split('/')[0];
}

function floorOf(file: string): number {
	return FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
}

/** The files of ours that a file imports, types too. */
function importsOf({ file, tree }: (typeof sources)[number]): string[] {
	return tree.statements
		.filter((node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
		.flatMap(({ moduleSpecifier }) =>
			moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier)
				? [moduleSpecifier.text]
				: [],
		)
		.filter((name) => name.startsWith('.'))
		.map((name) => {
			const path = posix.join(posix.dirname(file), name);
			return isFile(`${path}.ts`) ? `${path}.ts` : `${path}/index.ts`;
		});
}

const imports = new Map(sources.map((source) => [source.file, importsOf(source)]));

/** The files on a way of imports that comes back to this one. */
function circleThrough(file: string): boolean {
	const left = [...(imports.get(file) ?? [])];
	const seen = new Set<string>();
	for (let next = left.pop(); next !== undefined; next = left.pop()) {
		if (next === file) return true;
		if (seen.has(next)) continue;
		seen.add(next);
		left.push(...(imports.get(next) ?? []));
	}
	return false;
}

/** What stands more than once. */
function repeated(names: readonly string[]): string[] {
	return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function exportedNames({ tree }: (typeof sources)[number]): string[] {
	return tree.statements
		.filter(
			(node) =>
				ts.canHaveModifiers(node) &&
				ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
		)
		.flatMap((node) => {
			if (ts.isVariableStatement(node)) {
				return node.declarationList.declarations.map(({ name }) => name.getText());
			}
			return ts.isFunctionDeclaration(node) ||
				ts.isClassDeclaration(node) ||
				ts.isTypeAliasDeclaration(node)
				? [node.name?.text ?? '']
				: [];
		});
}

/** The names of what is called or read anywhere in a file, such as the last part of `context.getNodeParameter`. */
function membersOf(tree: ts.SourceFile): string[] {
	const members: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isPropertyAccessExpression(node)) members.push(node.name.text);
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return members;
}

const filesThatTouch = (...members: string[]) =>
	sources
		.filter(({ tree }) => membersOf(tree).some((name) => members.includes(name)))
		.map(({ file }) => file);

describe('The house', () => {
	it('has a floor for every room', () => {
		expect(sources.length).toBeGreaterThan(100);
		expect(sources.filter(({ file }) => floorOf(file) < 0).map(({ file }) => file)).toEqual([]);
	});

	it('imports one way: from the nodes down to the model', () => {
		const upward = [...imports].flatMap(([file, names]) =>
			names
				.filter((name) => {
					const isSideways = floorOf(name) === floorOf(file) && roomOf(name) !== roomOf(file);
					return floorOf(name) > floorOf(file) || (isSideways && roomOf(file) !== 'credentials');
				})
				.map((name) => `${file} -> ${name}`),
		);
		expect(upward).toEqual([]);
	});

	it.each(['AGENTS.md', 'CONTRIBUTING.md', 'docs/development.md', 'docs/zh/development.md'])(
		'is described in %s with these floors',
		(path) => {
			const floors = FLOORS.map((rooms) => rooms.filter((room) => !UNTOLD.includes(room)))
				.toReversed()
				.map((rooms) => rooms.map((room) => (room === 'nodes' ? room : `\`${room}\``)).join(', '));
			const text = readText(path).replaceAll('`shared/', '`').replaceAll('、', ', ');
			expect(text).toContain(floors.join(' → '));
		},
	);

	it('lets no node import from another one', () => {
		const nodeOf = (file: string) => /^nodes\/(PonponPay\w*)\//.exec(file)?.[1];
		const across = [...imports].flatMap(([file, names]) =>
			names
				.filter((name) => nodeOf(name) !== undefined && nodeOf(name) !== nodeOf(file))
				.map((name) => `${file} -> ${name}`),
		);
		expect(across).toEqual([]);
	});

	it('has no files that import each other in a circle', () => {
		expect([...imports.keys()].filter(circleThrough)).toEqual([]);
	});

	it('has no two files of one name', () => {
		expect(repeated(sources.map(({ file }) => basename(file)))).toEqual([]);
	});

	it('exports no two things of one name', () => {
		expect(repeated(sources.flatMap(exportedNames))).toEqual([]);
	});
});

describe('The parameters of a node', () => {
	it('are had from n8n in one file, so that every value is read by its kind', () => {
		expect(filesThatTouch('getNodeParameter')).toEqual(['nodes/shared/fields/parameters.ts']);
	});

	it('are looked at as they are stored nowhere else, but by a list that follows the panel', () => {
		expect(filesThatTouch('getCurrentNodeParameters', 'getCurrentNodeParameter')).toEqual([
			'nodes/PonponPay/methods/paymentMethodSearch.ts',
		]);
		expect(filesThatTouch('parameters')).toEqual([]);
	});
});
