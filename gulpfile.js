const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { build } = require('esbuild');
const { dest, parallel, src, watch } = require('gulp');

// What tsc does not compile but n8n reads beside the compiled nodes: icons, codex files, output schemas.
const ASSETS = ['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

/** Replaces tsc's output for the few libraries we use: n8n refuses packages with runtime dependencies. */
async function bundle() {
	await build({
		entryPoints: ['nodes/shared/vendor/*.ts'],
		outdir: 'dist/nodes/shared/vendor',
		bundle: true,
		minify: true,
		legalComments: 'inline',
		platform: 'node',
		format: 'cjs',
		target: 'node20',
	});
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
exports.watch = parallel(watchAssets, watchSources);
