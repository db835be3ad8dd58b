const endToEnd = require('../e2e/jest.config.cjs');

/**
 * The editor of a real n8n with our nodes, driven through a real browser.
 *
 * Pictures go to `.cache/pictures`; `PICTURES=docs/images npm run test:ui` renews those of the documentation.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...endToEnd,
	displayName: 'ui',
	testMatch: ['<rootDir>/test/ui/**/*.test.mts'],
	globalSetup: '<rootDir>/test/ui/globalSetup.ts',
};
