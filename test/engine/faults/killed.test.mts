import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';
import { account, createOrder } from '../action/support.mts';
import { bundle } from '../harness/bundle.mts';
import { forward, startServer, type LoopbackServer } from '../harness/server.mts';
import type { NodeRun } from '../harness/run.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';

interface Result {
	json: IDataObject[];
	pairedWith: number[];
	stoppedBy?: string;
}

const COUNT = 200;
const items = Array.from({ length: COUNT }, (_, index) => ({ amount: `${index + 1}.25` }));

describe('A process that is killed half way', () => {
	let folder: string;
	let sandbox: Sandbox;
	let between: LoopbackServer;
	let child: ChildProcess | undefined;
	/** How many requests are let through before the process that sends them is killed. */
	let killAfter = Infinity;

	beforeAll(() => {
		mkdirSync('.cache', { recursive: true });
		folder = mkdtempSync(join(resolve('.cache'), 'killed-'));
		bundle('test/engine/faults/killedRun.mts', join(folder, 'run.cjs'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	beforeEach(async () => {
		sandbox = await startSandbox();
		between = await startServer(async (request, response) => {
			killAfter -= 1;
			if (killAfter === 0) child?.kill('SIGKILL');
			// Killed or not, what has been sent arrives.
			await forward(sandbox.url, request, response);
		});
	});
	afterEach(async () => {
		child?.kill('SIGKILL');
		await between.close();
		await sandbox.close();
	});

	const start = async (identity: Partial<NodeRun>): Promise<Result | undefined> => {
		const run: NodeRun = {
			parameters: createOrder({ amount: '={{ $json.amount }}' }),
			items,
			credentials: account(between.url, sandbox.apiKey),
			...identity,
		};
		child = spawn(process.execPath, [join(folder, 'run.cjs'), JSON.stringify(run)], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const ended = once(child, 'exit');
		const output = child.stdout === null ? '' : await text(child.stdout);
		const [, signal] = (await ended) as [number | null, string | null];
		return signal === null ? (JSON.parse(output) as Result) : undefined;
	};

	it.each<[string, Partial<NodeRun>, Partial<NodeRun>]>([
		[
			'started again with the same execution identity',
			{ executionId: '31' },
			{ executionId: '31' },
		],
		[
			'followed by "Retry execution"',
			{ executionId: '41' },
			{ executionId: '42', retryOf: '41', token: 'token-of-41', mode: 'retry' },
		],
	])(
		'and %s reaches the end that it would have reached',
		async (_what, first, second) => {
			killAfter = COUNT / 2;
			expect(await start(first)).toBeUndefined();
			const made = sandbox.orders.all().length;
			expect(made).toBeGreaterThanOrEqual(COUNT / 2 - 40);
			expect(made).toBeLessThan(COUNT);

			killAfter = Infinity;
			const result = await start(second);
			expect(result?.stoppedBy).toBeUndefined();
			expect(result?.pairedWith).toEqual(items.map((_, index) => index));
			expect(result?.json).toMatchObject(items);
			const ids = sandbox.orders.all().map(({ tradeId }) => tradeId);
			expect(ids).toHaveLength(COUNT);
			expect(new Set(result?.json.map(({ tradeId }) => tradeId))).toEqual(new Set(ids));
		},
		120_000,
	);
});
