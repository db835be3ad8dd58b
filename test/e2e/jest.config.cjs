const { dirname } = require('node:path');

/**
 * End-to-end tests: the packed package in a real n8n server, against the sandbox.
 *
 * One file after the other: each starts a server of its own, and two need more memory than many
 * machines have to spare.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	displayName: 'e2e',
	rootDir: dirname(dirname(__dirname)),
	testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
	testEnvironment: 'node',
	moduleFileExtensions: ['ts', 'mts', 'js', 'cjs', 'mjs', 'json', 'node'],
	...require('../jest/modules.cjs'),
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.demo/'],
	cacheDirectory: '<rootDir>/.cache/jest',
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	maxWorkers: 1,
	testTimeout: 120_000,
};
