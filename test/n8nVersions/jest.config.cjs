const { folderOf, root, versions } = require('./folders.cjs');
const { projects } = require('../../jest.config.js');

const engine = projects.find(({ displayName }) => displayName === 'engine');

/**
 * Contract tests: what nodes/shared/n8n leans on, in each n8n-core that we have seen. They fail when n8n moves a wall.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: root,
	globalSetup: '<rootDir>/test/n8nVersions/globalSetup.ts',
	testTimeout: 60_000,
	// Some engine keeps a handle open for good: a worker cannot end by itself then, and a run with workers was seen to hang.
	maxWorkers: 1,
	forceExit: true,
	verbose: true,
	projects: Object.keys(versions).map((version) => ({
		...engine,
		displayName: `n8n-core ${version}`,
		testMatch: ['<rootDir>/test/n8nVersions/**/*.test.mts'],
		testEnvironmentOptions: { n8nFolder: folderOf(version) },
	})),
};
