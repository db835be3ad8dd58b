import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';

import { runCommand, sayOnStderr, type Say } from '../n8n/commands.mts';
import { cachePath, repositoryRoot } from '../n8n/repository.mts';

/** Where Chromium and its like live; `CHROMIUM` names another. */
const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a Chromium, and installs Debian's where that is possible without asking: as root, with apt-get.
 *
 * @returns its path
 * @throws Error that says how to get one
 */
export async function ensureChromium(say: Say = sayOnStderr): Promise<string> {
	const found = findChromium();
	if (found !== undefined) return found;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		say('Installing Chromium with apt-get: about 100 MB to download …');
		const apt = async (...args: string[]) =>
			await runCommand('apt-get', args, {
				cwd: repositoryRoot(),
				logFile: cachePath('apt-get.log'),
				env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
				heartbeat: { say, label: 'installing' },
			});
		await apt('update', '-q');
		await apt('install', '-y', '-q', '--no-install-recommends', 'chromium');
		const installed = findChromium();
		if (installed !== undefined) return installed;
	}
	throw new Error(
		'These tests need a Chromium or Chrome. Install one, or name its program in the environment variable CHROMIUM.',
	);
}

function findChromium(): string | undefined {
	const named = process.env.CHROMIUM;
	if (named === undefined) return PLACES.find((path) => existsSync(path));
	if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, and there is no such file.`);
	return named;
}

/** Starts it, without a window. */
export async function openBrowser(): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: await ensureChromium(),
		// The first for root, the second for containers with little shared memory.
		args: ['--no-sandbox', '--disable-dev-shm-usage'],
	});
}
