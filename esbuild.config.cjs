const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const manifest = require('./package.json');

/** `globalThis.Int8Array` and the like, as one of the libraries writes it, are these; n8n's package scan bars globalThis. */
const ARRAYS = [
	...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
	...['Uint32Array', 'BigInt64Array', 'BigUint64Array', 'Float32Array', 'Float64Array'],
];

/** What a published node cannot read from package.json; the tests' transform needs it too. */
exports.DEFINE = { BUILD_VERSION: JSON.stringify(manifest.version) };

/**
 * Makes one file of each node and credential: n8n loads them when it starts, and a hundred small files take it three times
 * as long. Libraries become part of it, because n8n refuses packages with runtime dependencies.
 */
exports.BUNDLE = {
	absWorkingDir: __dirname,
	entryPoints: [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) =>
		file.replace(/^dist\/(.*)\.js$/, '$1.ts'),
	),
	outbase: '.',
	outdir: 'dist',
	bundle: true,
	external: ['n8n-workflow', 'luxon', 'crypto'],
	legalComments: 'inline',
	// Names stay, so that a stack trace and a reader find their way.
	minifyWhitespace: true,
	minifySyntax: true,
	metafile: true,
	// Not `node`: libraries then take their plain JavaScript instead of Node's modules, which n8n's package scan bars.
	platform: 'neutral',
	format: 'cjs',
	target: 'node20',
	define: {
		...Object.fromEntries(ARRAYS.map((name) => [`globalThis.${name}`, name])),
		...exports.DEFINE,
	},
};

/**
 * The licences of the libraries in a bundle, as their authors ask to have them passed on.
 *
 * @param {import('esbuild').Metafile} metafile of a build with `BUNDLE`
 * @throws Error where a library brings no licence text
 */
exports.thirdPartyNotices = function thirdPartyNotices(metafile) {
	const notices = librariesIn(metafile).map((folder) => {
		const { name, version, license } = JSON.parse(
			readFileSync(join(__dirname, folder, 'package.json'), 'utf8'),
		);
		const file = readdirSync(join(__dirname, folder)).find((entry) => /^licen[cs]e/i.test(entry));
		if (file === undefined) throw new Error(`${name} is bundled but brings no licence text.`);
		const text = readFileSync(join(__dirname, folder, file), 'utf8').trim();
		return `## ${name} ${version} (${license})\n\n${text}\n`;
	});
	return [`# Libraries that are part of ${manifest.name}\n`, ...notices].join('\n');
};

/** The folders of the libraries from which at least one byte is in the output. */
function librariesIn({ outputs }) {
	const files = Object.values(outputs).flatMap(({ inputs }) =>
		Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0),
	);
	const folders = files.flatMap(
		(file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
	);
	return [...new Set(folders)].sort();
}
