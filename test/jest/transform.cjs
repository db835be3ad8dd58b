/**
 * Strips types and turns ES modules into CommonJS for jest, file by file, with the build's own constants.
 *
 * ts-jest does the same for `.ts`, but leaves the `import`s of an `.mts` file standing.
 */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version: esbuildVersion } = require('esbuild');
const { DEFINE } = require('../../esbuild.config.cjs');

const version = createHash('sha1')
	.update(esbuildVersion)
	.update(JSON.stringify(DEFINE))
	.update(readFileSync(__filename))
	.digest('hex');

module.exports = {
	getCacheKey: (source, path) =>
		createHash('sha1').update([version, path, source].join('\0')).digest('hex'),

	process(source, path) {
		const { code, map } = transformSync(source, {
			// Named `.ts`, because esbuild gives an `.mts` file Node's stricter view of default imports.
			sourcefile: path.replace(/\.mts$/, '.ts'),
			loader: path.endsWith('.js') ? 'js' : 'ts',
			define: DEFINE,
			format: 'cjs',
			target: 'es2022',
			platform: 'node',
			// jest has no `import()` of its own, so it becomes a `require`.
			supported: { 'dynamic-import': false },
			sourcemap: true,
			tsconfigRaw: {},
		});
		return { code, map: { ...JSON.parse(map), sources: [path] } };
	},
};
