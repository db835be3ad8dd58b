const e2e = require('../e2e/jest.config.cjs');

/**
 * Random sequences of what happens to a shop, at the sandbox and a real n8n, for ten minutes unless
 * PONPONPAY_MODEL_MINUTES says otherwise.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...e2e,
	displayName: 'model',
	testMatch: ['<rootDir>/test/model/**/*.test.mts'],
};
