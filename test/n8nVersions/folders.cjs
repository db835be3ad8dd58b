const { join } = require('node:path');
const { devDependencies } = require('../../package.json');
/** Each n8n-core with the n8n-workflow that its package.json asks for; n8n 1.123.81 has n8n-core 1.122.48. */
const versions = require('./versions.json');

const root = join(__dirname, '..', '..');

/**
 * Where a version of the engine is: our own development dependencies serve where they are that version.
 *
 * @param {string} version of n8n-core
 */
function folderOf(version) {
	const isOurs =
		devDependencies['n8n-core'] === version &&
		devDependencies['n8n-workflow'] === versions[version];
	return isOurs ? root : join(root, '.cache', 'n8n-core', version);
}

module.exports = { folderOf, root, versions };
