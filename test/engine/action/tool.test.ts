import type { INodePropertyOptions } from 'n8n-workflow';
import { PonponPay } from '../../../nodes/PonponPay/PonponPay.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import type { ToolRun } from '../harness/tool.mts';
import { account, API_KEY, createOrder, engine, getOrder, locator } from './support.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

/** What the model reads, as data. */
const answered = (text: string) => (JSON.parse(text) as Array<Record<string, unknown>>)[0];

describe('As a tool of an AI agent, the node', () => {
	const create = createOrder({
		amount: "={{ $fromAI('Amount', 'Total to pay', 'string') }}",
		currency: locator('id', "={{ $fromAI('Currency', 'Stablecoin', 'string') }}"),
		network: locator('id', "={{ $fromAI('Network', 'Blockchain', 'string') }}"),
	});

	it('tells the model what it does and which arguments it wants', async () => {
		const { calls } = await engine.runAsTool({
			parameters: create,
			credentials: account(sandbox.url, sandbox.apiKey),
			calls: [{ Amount: '7', Currency: 'USDT', Network: 'tron' }],
		});
		expect(calls[0].argumentNames).toEqual(['Amount', 'Currency', 'Network']);
		expect(calls[0].description).toMatch(/create order/i);
	});

	it('creates an order for each call, and answers with all that a customer needs', async () => {
		const { calls } = await engine.runAsTool({
			parameters: create,
			credentials: account(sandbox.url, sandbox.apiKey),
			calls: [
				{ Amount: '7', Currency: 'usdt', Network: 'Tron' },
				{ Amount: '7', Currency: 'usdt', Network: 'Tron' },
			],
		});
		const [first, second] = calls.map(({ answer }) => answered(answer));
		expect(first).toMatchObject({ amount: '7', currency: 'USDT', network: 'tron' });
		expect(first.paymentUrl).toBe(sandbox.orders.get(String(first.tradeId)).paymentUrl);
		expect(second.tradeId).not.toBe(first.tradeId);
	});

	describe('does once what is called once', () => {
		const seven = { Amount: '7', Currency: 'USDT', Network: 'tron' };
		const lost = { kind: 'reset', when: 'after' } as const;
		const call = async (calls: Array<Record<string, string>>, more: Partial<ToolRun> = {}) =>
			await engine.runAsTool({
				parameters: { ...create, options: { maxTries: 1 } },
				credentials: account(sandbox.url, sandbox.apiKey),
				calls,
				...more,
			});
		/** The answer is lost, and so are the answers to the look-ups. */
		const loseFirst = () => {
			sandbox.faults.script('/order/add', [lost]);
			sandbox.faults.script('/order/detail', Array<typeof lost>(6).fill(lost));
		};

		it('when the node itself tries again', async () => {
			loseFirst();
			const { calls } = await call([seven], { retryOnFail: true });
			expect(calls[0].stopped).toBe(false);
			expect(sandbox.orders.all()).toHaveLength(1);
		});

		it('when the agent calls again, and a call after one that was answered is another', async () => {
			loseFirst();
			const { calls } = await call([seven, seven, seven]);
			expect(calls.map(({ stopped }) => stopped)).toEqual([true, false, false]);
			expect(sandbox.orders.all()).toHaveLength(2);
		});

		it('for several chats at once', async () => {
			const { calls } = await call([seven, seven, { ...seven, Amount: '8' }], { atOnce: true });
			expect(new Set(calls.map(({ answer }) => answered(answer).tradeId)).size).toBe(3);
		});
	});

	it('looks up an order that the model names', async () => {
		const order = { ...createOrder({ options: { merchantOrderId: 'shop-1' } }) };
		const credentials = account(sandbox.url, sandbox.apiKey);
		await engine.runNode({ parameters: order, credentials });
		sandbox.orders.pay('shop-1');
		const { calls } = await engine.runAsTool({
			parameters: getOrder(locator('merchantOrderId', "={{ $fromAI('Order', '', 'string') }}")),
			credentials,
			calls: [{ Order: 'shop-1' }],
		});
		expect(answered(calls[0].answer)).toMatchObject({ status: 'paid', isPaid: true });
	});

	it('tells the model in words what it did wrong, so that it can try again', async () => {
		const { calls } = await engine.runAsTool({
			parameters: create,
			credentials: account(sandbox.url, sandbox.apiKey),
			calls: [
				{ Amount: 'ten', Currency: 'USDT', Network: 'tron' },
				{ Amount: '10', Currency: 'USDT', Network: 'moon' },
			],
		});
		expect(calls.map(({ stopped }) => stopped)).toEqual([true, true]);
		expect(calls[0].answer).toContain('Amount must be a number');
		expect(calls[1].answer).toContain('moon');
		expect(sandbox.orders.all()).toEqual([]);
	});

	it.each(['createAndWait', 'wait'])(
		'does not wait for payments: %s is not offered, and says so when it is called',
		async (operation) => {
			const [field] = new PonponPay().description.properties.filter(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes('order'),
			);
			const offered = (field.options as INodePropertyOptions[]).find(
				({ value }) => value === operation,
			);
			expect(offered?.displayOptions).toEqual({ hide: { '@tool': [true] } });

			const { calls } = await engine.runAsTool({
				parameters: { ...createOrder(), operation, order: locator('tradeId', 'PP1') },
				credentials: account(sandbox.url, sandbox.apiKey),
				calls: [{}],
			});
			expect(calls[0].stopped).toBe(true);
			expect(calls[0].answer).toContain('A tool cannot wait for a payment');
			expect(sandbox.orders.all()).toEqual([]);
		},
	);

	it('never tells the model the API key', async () => {
		const { calls, kept } = await engine.runAsTool({
			parameters: create,
			credentials: account(sandbox.url),
			calls: [{ Amount: '10', Currency: 'USDT', Network: 'tron' }],
		});
		expect(calls[0].answer).toContain('does not accept the API key');
		expect(calls[0].answer + kept).not.toContain(API_KEY);
	});
});
