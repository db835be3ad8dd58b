const { spawn } = require('node:child_process');
const { readdir, rm, writeFile } = require('node:fs/promises');
const { Transform } = require('node:stream');
const { build } = require('esbuild');
const { dest, parallel, src, watch } = require('gulp');
const { VENDOR_BUNDLE } = require('./esbuild.config.cjs');

// What tsc does not compile but n8n reads beside the compiled nodes: icons, codex files, output schemas.
const ASSETS = ['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

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

/** Replaces tsc's output for the few libraries we use. */
async function bundle() {
	await build({
		entryPoints: ['nodes/shared/vendor/*.ts'],
		outdir: 'dist/nodes/shared/vendor',
		...VENDOR_BUNDLE,
	});
}

/**
 * Makes one file of each node and credential: n8n loads them when it starts, and a hundred small files take it three times
 * as long.
 */
async function join() {
	const { nodes, credentials } = require('./package.json').n8n;
	const { outputFiles } = await build({
		entryPoints: [...nodes, ...credentials],
		outbase: 'dist',
		outdir: 'dist',
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		write: false,
	});
	const parts = await readdir('dist', { recursive: true });
	for (const part of parts.filter((file) => file.endsWith('.js'))) await rm(`dist/${part}`);
	for (const { path, contents } of outputFiles) await writeFile(path, contents);
}

function watchAssets() {
	watch(ASSETS, { ignoreInitial: false }, assets);
}

function watchSources() {
	return spawn('tsc', ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'], {
		stdio: 'inherit',
		shell: true,
	});
}

exports.clean = clean;
exports.assets = parallel(assets, bundle);
exports.join = join;
exports.watch = parallel(watchAssets, watchSources);
