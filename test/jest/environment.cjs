/**
 * The jest environment of all our tests: jest's own for Node, plus n8n from outside.
 *
 * jest evaluates every module anew for every test file. For n8n's engine that costs a second or more per file, so a test file
 * gets the modules below from the worker's ordinary module cache, on first use (see outside/*.cjs and `moduleNameMapper`).
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { mkdtempSync, rmSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { inspect, types } = require('node:util');
const { TestEnvironment } = require('jest-environment-node');

/** The log lines of the harness call that is running; see `withLog` in ../engine/harness/host.mts. */
const log = new AsyncLocalStorage();

/** n8n's logger with the harness at its other end: what n8n or a node would log belongs to the call that caused it. */
const logger = {
	...Object.fromEntries(
		['error', 'warn', 'info', 'debug'].map((level) => [
			level,
			(message, metadata) =>
				log.getStore()?.push({
					level,
					message: String(message),
					details: metadata === undefined ? '' : inspect(metadata, { depth: 8 }),
				}),
		]),
	),
	scoped: () => logger,
};

/** n8n-core writes its settings file where it is loaded; a worker's own folder keeps it out of the user's. */
function useOwnUserFolder() {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
	process.env.N8N_USER_FOLDER = folder;
	// n8n derives its instance id from this, and our node its ids from that: the same in every run.
	process.env.N8N_ENCRYPTION_KEY = 'engine tests';
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** The folders whose n8n this worker has loaded. */
const loaded = new Set();

/** @param folder where n8n is installed; what is not n8n's comes from our own dependencies */
function load(name, folder) {
	if (!name.startsWith('n8n-')) return require(name);
	const requireThere = createRequire(join(folder, 'package.json'));
	if (name === 'n8n-core' && !loaded.has(folder)) {
		if (loaded.size === 0) useOwnUserFolder();
		loaded.add(folder);
		const requireAsCore = createRequire(requireThere.resolve('n8n-core'));
		const { Container } = requireAsCore('@n8n/di');
		const { Logger } = requireAsCore('@n8n/backend-common');
		Container.set(Logger, logger);
		requireThere('n8n-workflow').LoggerProxy.init(logger);
	}
	return requireThere(name);
}

/**
 * Makes `instanceof Error` true for errors of both worlds.
 *
 * jest runs test files in a V8 context with classes of its own, so an error thrown by n8n outside would not be an `Error` to our
 * nodes inside, and the other way round. In n8n there is only one world.
 */
function recogniseForeignErrors(ErrorClass) {
	const own = Function.prototype[Symbol.hasInstance];
	Object.defineProperty(ErrorClass, Symbol.hasInstance, {
		configurable: true,
		value(candidate) {
			return own.call(this, candidate) || (this === ErrorClass && types.isNativeError(candidate));
		},
	});
}

recogniseForeignErrors(Error);

module.exports = class EngineEnvironment extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		recogniseForeignErrors(this.global.Error);
		const { rootDir, testEnvironmentOptions } = config.projectConfig;
		const folder = testEnvironmentOptions.n8nFolder ?? rootDir;
		this.global.engineHost = { load: (name) => load(name, folder), log, n8nFolder: folder };
	}
};
