import type { INodeParameters } from 'n8n-workflow';

import { startSandbox } from '../../sandbox/sandbox.mts';
import { jsonAnswer, startServer, type LoopbackServer } from '../harness/server.mts';
import { credential, LIVE_KEY as key, manual, openTrigger, signed } from './support.mts';

const body = { type: 'order.paid', data: { trade_id: 'P1', mch_order_id: 'shop-1', status: 2 } };

let server: LoopbackServer;
beforeAll(async () => {
	server = await startServer(jsonAnswer({ code: 0, data: {} }));
});
afterAll(async () => await server.close());

/** What a delivery gets, and what publishing says. */
async function tried(options: INodeParameters, changes: Record<string, unknown> = {}) {
	const trigger = await openTrigger({
		parameters: manual({ options }),
		credentials: credential({ url: server.url, apiKey: key }, changes as Record<string, string>),
	});
	const { error } = await trigger.activate();
	const { status, items, logs } = await trigger.deliver(signed(key, body));
	await trigger.close();
	return { error, status, items, logs };
}

describe('A signature that is no choice', () => {
	it.each([
		['another spelling', { signature: '={{ "Ed25519" }}' }],
		['none', { signature: '={{ "none" }}' }],
		['a spelling in lower case', { signature: '={{ "apikey" }}' }],
		['an empty text', { signature: '={{ "" }}' }],
		['nothing', { signature: '={{ undefined }}' }],
		['a number', { signature: '={{ 0 }}' }],
		['another word, fixed', { signature: 'none' }],
	])('(%s) lets nothing in, and publishing says so', async (_what, options) => {
		const { error, status, items, logs } = await tried(options);
		expect([status, items]).toEqual([503, undefined]);
		expect(logs).toHaveLength(1);
		expect(error?.message).toMatch(/^Signature must /);
	});
});

describe('A merchant ID', () => {
	it.each([100001, 0, '={{ 100001 }}'])(
		'of %j lets in what Ed25519 signed, and only that',
		async (merchantId) => {
			const { status, items } = await tried({}, { merchantId });
			expect([status, items]).toEqual([401, undefined]);
		},
	);

	it.each([false, {}, [7]])('of %j lets nothing in', async (merchantId) => {
		const { error, status, items } = await tried({}, { merchantId });
		expect([status, items]).toEqual([503, undefined]);
		expect(error?.message).toContain('The Merchant ID of the PonponPay credential must be a text');
	});

	it('that was left empty lets in what the API key signed', async () => {
		const { status, items } = await tried({});
		expect(status).toBe(200);
		expect(items).toHaveLength(1);
	});
});

describe('A setting by an expression that cannot be used', () => {
	it.each([
		['Minimum Amount', { onlyFor: { minimumAmount: '={{ "a lot" }}' } }],
		['Minimum Amount', { onlyFor: { minimumAmount: '={{ undefined }}' } }],
		['Events', { events: '={{ ["order.payed"] }}' }],
		['Events', { events: '={{ undefined }}' }],
		['Registration', { registration: '={{ "none" }}' }],
	])('(%s, %j) is refused when publishing, and stops nothing else', async (field, changes) => {
		const sandbox = await startSandbox();
		const parameters = { events: ['order.paid'], registration: 'automatic' };
		const trigger = await openTrigger({ parameters, credentials: credential(sandbox) });
		expect((await trigger.activate()).result).toBe(true);
		expect(sandbox.hooks.all()).toHaveLength(1);

		trigger.edit({ parameters: { ...parameters, ...changes } });
		for (const method of ['checkExists', 'create'] as const) {
			const { error } = await trigger.callHook(method);
			expect(error?.message).toMatch(new RegExp(`^${field} must `));
		}
		const { status, body: said, logs } = await trigger.deliver(signed(sandbox.apiKey, body));
		expect([status, JSON.parse(said)]).toMatchObject([503, { code: 'notSetUp', field }]);
		expect(logs).toHaveLength(1);
		expect(logs[0].message).toContain(`setting: ${field}, cause: ${field} must `);

		const { result, error } = await trigger.deactivate();
		expect([result, error]).toEqual([true, undefined]);
		expect(sandbox.hooks.all()).toEqual([]);
		await trigger.close();
		await sandbox.close();
	});
});
