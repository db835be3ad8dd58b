const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, src, watch } = require('gulp');

// What tsc does not compile but n8n reads beside the compiled nodes: icons, codex files, output schemas.
const ASSETS = ['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
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
exports.assets = assets;
exports.watch = parallel(watchAssets, watchSources);
