import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { account, engine } from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: 90, randomSeed: 'lists' });
});
afterAll(async () => await sandbox.close());

const list = async (method: string, filter?: string) => {
	const credentials = account(sandbox.url, sandbox.apiKey);
	return (await engine.listSearch(method, { parameters: {}, credentials, filter })).results;
};

describe('The list of orders', () => {
	it("begins each with the shop's ID, amount, status and age, for the editor cuts the rest off", async () => {
		for (const { name, value } of await list('searchOrders')) {
			expect(name).toMatch(/^shop-\d+ · [\d.]+( (USDT|USDC|BUSD))? · [a-z_]+ · .+ · /);
			expect(name.endsWith(` · ${String(value)}`)).toBe(true);
		}
	});

	it('has the newest first', async () => {
		const names = (await list('searchOrders')).map(({ name }) => name.split(' · ')[0]);
		expect(names).toEqual([...names].sort().reverse());
		expect(names).toHaveLength(90);
	});

	it("is searched by PonponPay's ID and by the shop's, in any case", async () => {
		const [first] = await list('searchOrders');
		const [shopId] = first.name.split(' · ');
		expect(await list('searchOrders', shopId.toUpperCase())).toEqual([first]);
		expect(await list('searchOrders', String(first.value).toLowerCase())).toEqual([first]);
		expect(await list('searchOrders', 'nobody has this')).toEqual([]);
	});
});

describe('The lists of refunds and disputes', () => {
	it.each(['searchRefunds', 'searchDisputes'])('%s shows amount, status and ID', async (method) => {
		const found = await list(method);
		expect(found.length).toBeGreaterThan(0);
		for (const { name, value } of found) {
			expect(name).toMatch(/ · [\d.]+ (USDT|USDC|BUSD) · [a-z_]+ · /);
			expect(name).toContain(String(value));
		}
	});
});
