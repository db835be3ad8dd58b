/**
 * `npm test` and `npm run test:…`: runs jest with the configuration of the suite.
 *
 *     run.mts [contributing | e2e | model | n8n-versions | queue | ui] [arguments for jest …]
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Each suite's configuration; without a name it is what needs no n8n server. */
const SUITES: Record<string, string> = {
	contributing: 'test/contributing/jest.config.cjs',
	e2e: 'test/e2e/jest.config.cjs',
	model: 'test/model/jest.config.cjs',
	queue: 'test/queue/jest.config.cjs',
	ui: 'test/ui/jest.config.cjs',
	'n8n-versions': 'test/n8nVersions/jest.config.cjs',
};

const [first, ...rest] = process.argv.slice(2);
const config = SUITES[first ?? ''];
const args = config === undefined ? process.argv.slice(2) : ['--config', config, ...rest];

const jest = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
	stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => jest.kill(signal));
}
jest.on('exit', (code, signal) => {
	process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
});
