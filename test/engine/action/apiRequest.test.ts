import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { createOrder, engine, typed } from './support.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const call = async (parameters: INodeParameters, limits = {}) =>
	await engine.runNode({
		parameters: { resource: 'customApiCall', operation: 'call', ...parameters },
		credentials: { ponponPayApi: { ...typed(sandbox.url, sandbox.apiKey), ...limits } },
	});

describe('API Request', () => {
	it('as workflows have saved it before it had a method posts its JSON', async () => {
		await engine.runNode({
			parameters: createOrder({ options: { merchantOrderId: 'shop-1' } }),
			credentials: { ponponPayApi: typed(sandbox.url, sandbox.apiKey) },
		});
		const body = '{"mch_order_id":"shop-1"}';
		const { json } = await call({ path: '/order/detail', body, isRead: true });
		expect(json).toMatchObject([{ mch_order_id: 'shop-1', status: 1 }]);
	});

	it.each([
		'/order/list',
		'order/list/',
		'/sdk/order/list',
		'/api/v1/pay/order/list',
		'/api/v1/pay/sdk/order/list',
	])('finds %s', async (path) => {
		const { json, error } = await call({ path, body: '{}' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ list: [], total: 0 }]);
	});

	it('gets what is public, with and without an envelope', async () => {
		for (const keySetShape of ['plain', 'envelope'] as const) {
			sandbox.settings.keySetShape = keySetShape;
			const { json } = await call({
				path: '/public/webhook-jwks',
				method: 'GET',
				query: '{"a":1}',
			});
			expect(json).toMatchObject([{ keys: [{ kty: 'OKP' }] }]);
		}
		const { method, path, body } = sandbox.requests.all().at(-1) ?? {};
		expect({ method, path, body }).toEqual({
			method: 'GET',
			path: '/api/v1/pay/public/webhook-jwks?a=1',
			body: '',
		});
	});

	it('says of a mistyped path where it was looked for, and what to check', async () => {
		const { error } = await call({ path: '/ordr/list', body: '{}' });
		expect(error?.message).toBe('PonponPay has no /api/v1/pay/ordr/list');
		expect(error?.description).toMatch(
			/^\S+ and \/api\/v1\/pay\/sdk\/ordr\/list at \S+ were tried, and nothing is there\. Check the Path/,
		);
		expect(error?.description).not.toMatch(/announced|inferred/);
		const { error: ofMethod } = await call({ path: '/sdk/order/list', method: 'GET' });
		expect(ofMethod?.description).toContain('and the Method');
	});

	it.each([
		'/../x',
		'/order/./add',
		'//evil.example.com/x',
		'https://evil.example.com/x',
		'/order%2fadd',
		'/order/add?x=1',
		'/api/v2/pay/order/list',
		'/api/v1/pay',
		'/API/v1/pay/order/list',
	])('sends nothing to %s', async (path) => {
		const { error } = await call({ path, body: '{}' });
		expect(error?.message).toMatch(/^Path must /);
		expect(sandbox.requests.count()).toBe(0);
	});

	it('asks a query of simple values only', async () => {
		const { error } = await call({ path: '/order/list', method: 'GET', query: '{"a":{"b":1}}' });
		expect(error?.message).toMatch(/^JSON Query must hold simple values: a is none/);
	});

	it.each([
		'/order/add',
		'order/add/',
		'/sdk/order/add',
		'/api/v1/pay/order/add',
		'/api/v1/pay/sdk/order/add',
		'/ORDER/ADD',
		'/public/order/select-payment-method',
		'/sdk/sdk/order/add',
		'/x402/settle',
	])('lets no write pass at %s where the credential only reads', async (path) => {
		for (const sent of [
			{ body: '{"amount":1}', isRead: true },
			{ method: 'GET', query: '{"amount":1}' },
		]) {
			const { error } = await call({ path, ...sent }, { readOnly: true });
			expect(error?.message).toMatch(/^The PonponPay credential has limits, so .* was not called/);
		}
		expect(sandbox.requests.count()).toBe(0);
	});
});
