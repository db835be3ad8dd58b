import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { readText } from './repositoryFiles.mts';
import { repositoryRoot } from '../n8n/repository.mts';

const SHARED = 'nodes/shared';

const files = readdirSync(join(repositoryRoot(), SHARED), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.map((file) => join(SHARED, file));

/** What a file exports without a word: functions, classes, types, constants. */
function undocumented(path: string): string[] {
	const source = ts.createSourceFile(path, readText(path), ts.ScriptTarget.ES2022, true);
	return source.statements.filter(isExported).flatMap((statement) => {
		const isPlain = hasDoc(statement) || followsFromList(statement);
		return isPlain ? [] : [`${path}: ${nameOf(statement)}`];
	});
}

function isExported(statement: ts.Statement): boolean {
	const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
	return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function hasDoc(node: ts.Node): boolean {
	return ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc);
}

/** `(typeof LIST)[number]` and `keyof typeof TABLE` say no more than the list or table, which has a comment. */
function followsFromList(statement: ts.Statement): boolean {
	return (
		ts.isTypeAliasDeclaration(statement) &&
		/^(\(typeof \w+\)\[number\]|keyof typeof \w+)$/.test(statement.type.getText())
	);
}

function nameOf(statement: ts.Statement): string {
	if (ts.isVariableStatement(statement)) {
		return statement.declarationList.declarations.map(({ name }) => name.getText()).join(', ');
	}
	return (statement as ts.DeclarationStatement).name?.getText() ?? '?';
}

describe('What nodes/shared offers', () => {
	it('says what it means, each function, class, type and constant', () => {
		expect(files.length).toBeGreaterThan(40);
		expect(files.flatMap(undocumented)).toEqual([]);
	});
});
