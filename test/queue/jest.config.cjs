const e2e = require('../e2e/jest.config.cjs');

/**
 * A real n8n in queue mode: main, two webhook processors, two workers, PostgreSQL and Redis.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...e2e,
	displayName: 'queue',
	testMatch: ['<rootDir>/test/queue/**/*.test.mts'],
	testTimeout: 300_000,
};
