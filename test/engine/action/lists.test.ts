import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { account, createCheckout, createOrder, engine, locator } from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const list = async (method: string, parameters: INodeParameters = {}, filter?: string) => {
	const credentials = account(sandbox.url, sandbox.apiKey);
	const { results } = await engine.listSearch(method, { parameters, credentials, filter });
	return results.map(({ value }) => value);
};

describe('The drop-down of currencies', () => {
	it('offers each currency once', async () => {
		const currencies = await list('searchCurrencies', createOrder());
		expect(currencies).toEqual(expect.arrayContaining(['USDC', 'USDT']));
		expect(new Set(currencies).size).toBe(currencies.length);
	});

	it('can be searched in any case', async () => {
		expect(await list('searchCurrencies', createOrder(), 'usdc')).toEqual(['USDC']);
	});
});

describe('The drop-down of networks', () => {
	it('offers those that carry the chosen currency', async () => {
		const busd = await list('searchNetworks', createOrder({ currency: locator('list', 'BUSD') }));
		const usdt = await list('searchNetworks', createOrder({ currency: locator('list', 'USDT') }));
		expect(usdt).toEqual(['bsc', 'ethereum', 'polygon', 'solana', 'tron']);
		expect(busd.length).toBeGreaterThan(0);
		expect(busd.length).toBeLessThan(usdt.length);
	});

	it('follows a currency typed by hand, in any case', async () => {
		const parameters = createOrder({ currency: locator('id', 'busd') });
		expect(await list('searchNetworks', parameters)).toEqual(
			await list('searchNetworks', createOrder({ currency: locator('list', 'BUSD') })),
		);
	});

	it('follows the currency among the options of a checkout link', async () => {
		const parameters = createCheckout({ options: { currency: locator('list', 'BUSD') } });
		expect(await list('searchNetworks', parameters)).not.toContain('tron');
	});

	it('offers all of them as long as no currency is chosen', async () => {
		expect(await list('searchNetworks', createCheckout())).toHaveLength(5);
	});

	it('can be searched', async () => {
		expect(await list('searchNetworks', createOrder(), 'TRO')).toEqual(['tron']);
	});
});

describe('A drop-down with a refused key', () => {
	it('says what is wrong with the credential', async () => {
		const credentials = account(sandbox.url, 'sk_live_not_known_here');
		await expect(engine.listSearch('searchCurrencies', { credentials })).rejects.toMatchObject({
			message: 'PonponPay does not accept the API key',
		});
	});
});
