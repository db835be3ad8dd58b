import type { IHttpRequestOptions } from 'n8n-workflow';

import { sendAuthenticated } from '../../nodes/shared/n8n/authenticatedRequest';
import { rawCredential } from '../../nodes/shared/n8n/rawCredential';
import { RecentCredential } from '../../nodes/shared/n8n/recentCredential';
import { CredentialsHelper } from '../engine/harness/credentials.mts';
import { startServer, type LoopbackServer } from '../engine/harness/server.mts';
import { engineOf, oneItem, triggerOf } from './probes.mts';

const credentials = { probeApi: { key: '={{ $secrets.vault.key }}' } };

describe('A credential', () => {
	afterEach(() => jest.restoreAllMocks());

	it('is had raw: expressions unresolved, nothing filled in', async () => {
		const engine = engineOf(async (context) =>
			oneItem({ raw: await rawCredential(context, 'probeApi') }),
		);
		expect((await engine.runNode({ credentials })).json).toEqual([{ raw: credentials.probeApi }]);
	});

	it('is asked of n8n in the order in which n8n itself asks', async () => {
		const asked = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
		const engine = engineOf(async (context) => {
			await context.getCredentials('probeApi');
			await rawCredential(context, 'probeApi');
			return oneItem({});
		});
		await engine.runNode({ credentials, mode: 'trigger' });
		const [byN8n, byUs] = asked.mock.calls;
		expect(byUs.slice(0, 4)).toEqual(byN8n.slice(0, 4));
		expect(byUs[0]).toBe(byN8n[0]);
		expect([byN8n[5], byUs[5]]).toEqual([false, true]);
	});

	it('that a node does not have is not had raw', async () => {
		const engine = engineOf(async (context) =>
			oneItem({ isThere: (await rawCredential(context, 'probeApi')) !== undefined }),
		);
		expect((await engine.runNode({})).json).toEqual([{ isThere: false }]);
	});

	it('that was read is read again when another one is chosen', async () => {
		let reads = 0;
		const recent = new RecentCredential(
			'probeApi',
			async (context) => {
				reads += 1;
				return await context.getCredentials('probeApi');
			},
			() => 0,
		);
		const keys: unknown[] = [];
		const engine = triggerOf(async (context) => {
			keys.push((await recent.read(context)).key);
			return {};
		});
		const trigger = await engine.openTrigger({ credentials: { probeApi: { key: 'first' } } });
		await trigger.deliver({});
		await trigger.deliver({});
		trigger.edit({ credentials: { probeApi: { key: 'second' } } });
		await trigger.deliver({});
		expect({ keys, reads }).toEqual({ keys: ['first', 'first', 'second'], reads: 2 });
		await trigger.close();
	});
});

describe('A request with a credential that was read already', () => {
	let server: LoopbackServer;
	const keys: unknown[] = [];

	beforeAll(async () => {
		server = await startServer(async (request, response) => {
			keys.push(request.headers['x-probe-key']);
			response.statusCode = 401;
			response.end('{"code":1}');
		});
	});
	afterAll(async () => await server.close());

	it('is authenticated, sent once also when it is refused, and n8n reads no credential for it', async () => {
		const asked = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
		const engine = engineOf(async (context) => {
			const data = await context.getCredentials('probeApi');
			const options: IHttpRequestOptions = {
				url: server.url,
				method: 'POST',
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			};
			const { statusCode, body } = await sendAuthenticated(context, 'probeApi', options, data);
			return oneItem({ statusCode, body: String(body) });
		});
		const { json } = await engine.runNode({ credentials: { probeApi: { key: 'k1' } } });
		expect(json).toEqual([{ statusCode: 401, body: '{"code":1}' }]);
		expect(keys).toEqual(['k1']);
		expect(asked).toHaveBeenCalledTimes(1);
	});
});
