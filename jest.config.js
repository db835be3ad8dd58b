/**
 * Unit tests (pure code), sandbox tests and engine tests (our nodes in n8n's own engine).
 *
 * The tests that need an n8n server have a configuration of their own: test/e2e.
 */

/** n8n is loaded once per worker, outside jest's module registry; the files hand it in. */
const OUTSIDE = ['n8n-core', 'n8n-workflow', 'express', 'fastify'];

/** What both projects share. `npm run typecheck` checks types; here they are only stripped. */
const shared = {
	rootDir: __dirname,
	cacheDirectory: '<rootDir>/.cache/jest',
	testEnvironment: '<rootDir>/test/jest/environment.cjs',
	moduleFileExtensions: ['ts', 'mts', 'js', 'cjs', 'mjs', 'json', 'node'],
	moduleNameMapper: Object.fromEntries(
		OUTSIDE.map((name) => [`^${name}$`, `<rootDir>/test/jest/outside/${name}.cjs`]),
	),
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.demo/'],
	...require('./test/jest/modules.cjs'),
};

/** @type {import('jest').Config} */
module.exports = {
	testTimeout: 30_000,
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{unit,sandbox}/**/*.test.{ts,mts}'],
		},
		{
			...shared,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.{ts,mts}'],
		},
	],
};
