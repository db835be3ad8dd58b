import type { IDataObject } from 'n8n-workflow';
import { createEngine } from '../harness/engine.mts';
import { MANUAL_TRIGGER, PACKAGE } from '../harness/nodeTypes.mts';
import {
	jsonAnswer,
	startServer,
	unreachableUrl,
	type LoopbackServer,
} from '../harness/server.mts';
import { Probe, ProbeApi } from './probe.mts';

describe('The engine harness', () => {
	const engine = createEngine({ nodes: [new Probe()], credentialTypes: [new ProbeApi()] });
	let server: LoopbackServer;
	let probeApi: { url: string; key: string };

	beforeEach(async () => {
		server = await startServer((request, response) =>
			jsonAnswer(JSON.parse(request.body || '{}'))(request, response),
		);
		probeApi = { url: server.url, key: 'secret-key' };
	});
	afterEach(async () => await server.close());

	const run = async (words: string[], more: IDataObject = {}) =>
		await engine.runNode({
			parameters: { word: '={{ $json.word }}' },
			items: words.map((word) => ({ word })),
			credentials: { probeApi },
			...more,
		});

	it('resolves expressions per item and keeps items paired', async () => {
		const outcome = await engine.runNode({
			parameters: { word: '={{ $json.name }}-{{ $("Input").item.json.name }}' },
			items: [{ name: 'one' }, { name: 'two' }],
			credentials: { probeApi },
			executionId: '77',
		});
		expect(outcome.error).toBeUndefined();
		expect(outcome.json).toStrictEqual([
			{ word: 'one-one', run: '77' },
			{ word: 'two-two', run: '77' },
		]);
		expect(outcome.pairedWith).toEqual([0, 1]);
		expect(outcome.logs.map(({ message }) => message)).toContain('posting');
	});

	it('sends what the credential adds, with defaults for fields left alone', async () => {
		await run(['a']);
		await engine.runNode({
			parameters: { word: 'b' },
			credentials: { probeApi: { url: server.url } },
		});
		expect(server.requests.map(({ headers }) => headers['x-probe-key'])).toEqual([
			'secret-key',
			'default-key',
		]);
	});

	it('stops at the first bad item unless told otherwise', async () => {
		const outcome = await run(['bad', 'good']);
		expect(outcome.status).toBe('error');
		expect(outcome.error?.message).toBe('That word is not good');
		expect(outcome.json).toEqual([]);
		expect(outcome.kept).toContain('That word is not good');
	});

	it("continues in both of n8n's ways, and our errors are errors to the node", async () => {
		const regular = await run(['bad', 'good'], { onError: 'continueRegularOutput' });
		expect(regular.json).toMatchObject([{ error: 'That word is not good' }, { word: 'good' }]);
		const apart = await run(['bad', 'good'], { onError: 'continueErrorOutput' });
		expect(apart.outputs.map((items) => items.length)).toEqual([1, 1]);
	});

	it('finds a key that a careless node puts into its error', async () => {
		const { kept } = await run(['careless']);
		expect(kept).toContain(probeApi.key);
	});

	it('refuses to start without a required parameter', async () => {
		const outcome = await engine.runNode({ parameters: {}, credentials: { probeApi } });
		expect(outcome.status).toBe('error');
		expect(server.requests).toEqual([]);
	});

	it('runs all items again on "Retry On Fail"', async () => {
		await run(['good', 'bad'], { retryOnFail: true, maxTries: 3 });
		expect(server.requests).toHaveLength(3);
	});

	it('stops when the execution is cancelled', async () => {
		const silent = await startServer(() => stop());
		let stop = (): void => {};
		const cancelWhen = new Promise<void>((resolve) => (stop = resolve));
		probeApi.url = silent.url;
		const outcome = await run(['one', 'two'], { cancelWhen: cancelWhen as never });
		expect(outcome.status).toBe('canceled');
		expect(silent.requests).toHaveLength(1);
		await silent.close();
	});

	it('runs a workflow from its trigger', async () => {
		const base = { typeVersion: 1, position: [0, 0] as [number, number] };
		const outcome = await engine.runWorkflow(
			{
				nodes: [
					{ ...base, id: '1', name: 'Start', type: MANUAL_TRIGGER, parameters: {} },
					{
						...base,
						id: '2',
						name: 'Probe',
						type: `${PACKAGE}.probe`,
						parameters: { word: 'hello' },
						credentials: { probeApi: { id: 'any', name: 'any' } },
					},
				],
				connections: { Start: { main: [[{ node: 'Probe', type: 'main', index: 0 }]] } },
			},
			{ credentials: { probeApi } },
		);
		expect(outcome.error).toBeUndefined();
		expect(outcome.runData.Probe[0].data?.main[0]?.[0].json.word).toBe('hello');
	});

	it('lets an agent call a node as a tool, and tells the agent what stopped it', async () => {
		const outcome = await engine.runAsTool({
			parameters: { word: "={{ $fromAI('word', 'The word to post', 'string') }}" },
			credentials: { probeApi },
			calls: [{ word: 'hi' }, { word: 'bad' }],
		});
		expect(outcome.calls).toMatchObject([
			{ name: 'PonponPay', argumentNames: ['word'], stopped: false },
			{ stopped: true },
		]);
		expect(JSON.parse(outcome.calls[0].answer)).toMatchObject([{ word: 'hi' }]);
		expect(outcome.calls[1].answer).toContain('That word is not good');
	});

	it('tests a credential by its request and rules', async () => {
		expect(await engine.testCredential('probeApi', probeApi)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(server.requests).toMatchObject([
			{ path: '/me', headers: { 'x-probe-key': 'secret-key' } },
		]);
		const refusing = await startServer(jsonAnswer({}, 401));
		expect(await engine.testCredential('probeApi', { ...probeApi, url: refusing.url })).toEqual({
			status: 'Error',
			message: 'The key was refused',
		});
		await refusing.close();
		const url = await unreachableUrl();
		const unreachable = await engine.testCredential('probeApi', { ...probeApi, url });
		expect(unreachable).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});
});
