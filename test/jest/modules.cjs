/** Libraries that are ES modules only, which jest does not load as they are. */
const ES_MODULES = ['@noble/hashes', '@scure/base', 'fast-png', 'iobuffer'];

/** How jest reads modules, in every suite. */
module.exports = {
	transform: {
		'\\.m?ts$': '<rootDir>/test/jest/transform.cjs',
		[`/node_modules/(${ES_MODULES.join('|')})/.*\\.js$`]: '<rootDir>/test/jest/transform.cjs',
	},
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
};
