const { dirname } = require('node:path');

/**
 * The worked example of CONTRIBUTING.md, carried out in a copy of the repository: a second full run of all checks, and
 * therefore not a part of `npm test`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	displayName: 'contributing',
	rootDir: dirname(dirname(__dirname)),
	testMatch: ['<rootDir>/test/contributing/**/*.test.mts'],
	testEnvironment: 'node',
	moduleFileExtensions: ['ts', 'mts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: { '\\.m?ts$': '<rootDir>/test/jest/transform.cjs' },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.demo/'],
	cacheDirectory: '<rootDir>/.cache/jest',
	testTimeout: 1_200_000,
};
