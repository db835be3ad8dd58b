import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { bundle } from '../engine/harness/bundle.mts';
import { repositoryRoot } from '../n8n/repository.mts';
import { readText } from './repositoryFiles.mts';

const run = promisify(execFile);
const root = repositoryRoot();

/** The TypeScript of the worked example, one text for each step that has some. */
function codeOfSteps(): string[] {
	const section = readText('CONTRIBUTING.md').split('## Adding an operation')[1].split(/^## /m)[0];
	const blocks = section.matchAll(/^ *```ts\n([\s\S]*?)^ *```$/gm);
	return [...blocks].map(([, code]) => code.replace(/^ {3}/gm, ''));
}

/** Uses what the example has made, found by the names under which the editor would ask for it. */
const TRY = `
import { findOperation } from './nodes/PonponPay/actions';
import { byTradeId, run } from './test/unit/actions/support';
import { success } from './test/unit/api/support';

void (async () => {
	const fields = { order: byTradeId('PP1'), note: 'a gift', simplify: true };
	const answer = success({ trade_id: 'PP1', status: 1 });
	const { output, sent } = await run(findOperation('order', 'addNote'), fields, answer);
	console.log(JSON.stringify({ output, sent }));
})();
`;

describe('The worked example of CONTRIBUTING.md', () => {
	let home: string;

	const change = async (path: string, from: string, to: string) => {
		const text = await readFile(join(home, path), 'utf8');
		expect(text).toContain(from);
		await writeFile(join(home, path), text.replace(from, to));
	};

	beforeAll(async () => {
		const cache = join(root, '.cache');
		await mkdir(cache, { recursive: true });
		// Below the repository, where its node_modules are found.
		home = await mkdtemp(join(cache, 'contributing-'));
		for (const part of ['nodes', 'test/unit/actions/support.ts', 'test/unit/api/support.ts']) {
			await mkdir(dirname(join(home, part)), { recursive: true });
			await cp(join(root, part), join(home, part), { recursive: true });
		}
		const tsconfig = { extends: '../../tsconfig.json', include: ['**/*.ts'], exclude: [] };
		await writeFile(join(home, 'tsconfig.json'), JSON.stringify(tsconfig));
		await writeFile(join(home, 'try.ts'), TRY);
	});
	afterAll(async () => await rm(home, { recursive: true, force: true }));

	it('makes an operation that compiles, and sends what it promises', async () => {
		const [endpoint, operation, importLine, ...more] = codeOfSteps();
		expect(more).toEqual([]);
		const actions = 'nodes/PonponPay/actions';
		await change('nodes/shared/api/endpoints.ts', '\torderList:', `\t${endpoint}\torderList:`);
		await writeFile(join(home, actions, 'order/addNote.operation.ts'), operation);
		await change(
			`${actions}/index.ts`,
			'import { cancelOrder }',
			`${importLine}import { cancelOrder }`,
		);
		await change(
			`${actions}/index.ts`,
			'\t\t\tcancel: cancelOrder,',
			'addNote,\n\t\t\tcancel: cancelOrder,',
		);

		const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
		await run(process.execPath, [tsc, '-p', home]).catch(({ stdout }: { stdout: string }) => {
			throw new Error(stdout);
		});
		const bundled = join(home, 'try.cjs');
		bundle(join(home, 'try.ts'), bundled);
		const { stdout } = await run(process.execPath, [bundled]);
		expect(JSON.parse(stdout)).toMatchObject({
			output: { tradeId: 'PP1', status: 'pending' },
			sent: [{ path: '/api/v1/pay/sdk/order/note', body: { trade_id: 'PP1', note: 'a gift' } }],
		});
	}, 120_000);
});
