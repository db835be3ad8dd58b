/** Bundles a file of nodes/shared/vendor for jest as the build does: some of the libraries are ES modules only. */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { buildSync } = require('esbuild');
const { VENDOR_BUNDLE } = require('../../esbuild.config.cjs');

const root = join(__dirname, '..', '..');
const version = createHash('sha1')
	.update(readFileSync(__filename))
	.update(JSON.stringify(VENDOR_BUNDLE))
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');

module.exports = {
	getCacheKey: (source, path) =>
		createHash('sha1').update([version, path, source].join('\0')).digest('hex'),

	process(_source, path) {
		const { outputFiles } = buildSync({ ...VENDOR_BUNDLE, entryPoints: [path], write: false });
		return { code: outputFiles[0].text };
	},
};
