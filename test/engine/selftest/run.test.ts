import { createEngine } from '../harness/engine.mts';
import { jsonAnswer, startServer, type LoopbackServer } from '../harness/server.mts';
import { Probe, ProbeApi } from './probe.mts';

describe('The engine harness', () => {
	const engine = createEngine({ nodes: [new Probe()], credentialTypes: [new ProbeApi()] });
	let server: LoopbackServer;

	beforeEach(async () => {
		server = await startServer((request, response) =>
			jsonAnswer(JSON.parse(request.body))(request, response),
		);
	});
	afterEach(async () => await server.close());

	it('resolves expressions per item and keeps items paired', async () => {
		const outcome = await engine.runNode({
			parameters: { word: '={{ $json.name }}-{{ $("Input").item.json.name }}' },
			items: [{ name: 'one' }, { name: 'two' }],
			credentials: { probeApi: { url: server.url } },
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
});
