/**
 * Strips types and turns ES modules into CommonJS for jest, file by file.
 *
 * ts-jest does the same for `.ts`, but leaves the `import`s of an `.mts` file standing.
 */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const ts = require('typescript');

const compilerOptions = {
	module: ts.ModuleKind.CommonJS,
	target: ts.ScriptTarget.ES2022,
	esModuleInterop: true,
	isolatedModules: true,
	sourceMap: true,
	inlineSources: true,
};

const version = createHash('sha1')
	.update(ts.version)
	.update(readFileSync(__filename))
	.digest('hex');

module.exports = {
	getCacheKey: (source, path) =>
		createHash('sha1').update([version, path, source].join('\0')).digest('hex'),

	process(source, path) {
		const { outputText, sourceMapText } = ts.transpileModule(source, {
			fileName: path.replace(/\.mts$/, '.ts'),
			compilerOptions,
		});
		const map = { ...JSON.parse(sourceMapText), sources: [path] };
		return { code: outputText, map };
	},
};
