const { rm, writeFile } = require('node:fs/promises');
const { Transform } = require('node:stream');
const { build: esbuild } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const { BUNDLE, thirdPartyNotices } = require('./esbuild.config.cjs');

// What n8n reads beside the bundled nodes: icons, codex files, output schemas.
const ASSETS = ['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(asN8nReads()).pipe(dest('dist'));
}

/** n8n looks for the schemas of node version 1 in `__schema__/v1.0.0`. */
function asN8nReads() {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.path = file.path.replace(/([\\/]__schema__[\\/]v1)(?=[\\/])/, '$1.0.0');
			done(null, file);
		},
	});
}

async function bundle() {
	const { metafile } = await esbuild(BUNDLE);
	await writeFile('dist/THIRD-PARTY-NOTICES', thirdPartyNotices(metafile));
}

const build = series(clean, parallel(assets, bundle));

function rebuildAtChange() {
	watch(ASSETS, assets);
	watch(SOURCES, bundle);
}

exports.build = build;
exports.watch = series(build, rebuildAtChange);
