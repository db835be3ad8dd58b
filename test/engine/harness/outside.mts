/**
 * The harness's world where there is no jest: a process of its own that a test kills, or a benchmark.
 *
 * To be imported first: n8n's engine reads its settings when it is loaded. See bundle.mts for how such a process is made.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

Object.assign(globalThis, { engineHost: { log: new AsyncLocalStorage() } });

const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'engine tests';
process.env.N8N_LOG_LEVEL = 'silent';
