/**
 * How the few libraries we use become part of our own code: n8n refuses packages with runtime dependencies.
 *
 * The one place for it, so that the tests run what the build packs.
 */
exports.VENDOR_BUNDLE = {
	bundle: true,
	minify: true,
	legalComments: 'inline',
	platform: 'node',
	format: 'cjs',
	target: 'node20',
};
