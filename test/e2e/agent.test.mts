import { withCredentials, type WorkflowFile } from '../n8n/client.mts';
import { CREDENTIAL_TYPE, loadExample, type Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { startFakeModel, type FakeModel, type ModelCall, type ModelRequest } from './fakeModel.mts';
import { openTestShop } from './testShop.mts';

let shop: Shop;
let model: FakeModel;
let think: (request: ModelRequest) => ModelCall[] | string;
let chatUrl: string;
let workflowId: string;

/** The example with n8n's "Retry On Fail" on the tool that creates orders, which itself then tries only once. */
function withRetry(file: WorkflowFile): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		if (node.name !== 'Create order') return node;
		const parameters = { ...node.parameters, options: { mostTries: 1 } };
		return { ...node, parameters, retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
	});
	return { ...file, nodes };
}

/** What tools have answered since the person last spoke. */
function answers({ messages }: ModelRequest): string[] {
	const last = messages.map(({ role }) => role).lastIndexOf('user');
	return messages
		.slice(last)
		.filter(({ role }) => role === 'tool')
		.map(({ content }) => String(content));
}

beforeAll(async () => {
	shop = await openTestShop();
	model = await startFakeModel((request) => think(request));
	const { client, url } = shop.n8n;
	const openAiApi = await client.createCredential({
		name: 'Model',
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.url },
	});
	const file = withCredentials(withRetry(loadExample('ai-agent-orders')), {
		[CREDENTIAL_TYPE]: shop.credential,
		openAiApi,
	});
	const workflow = await client.createWorkflow(file);
	await client.publish(workflow.id);
	workflowId = workflow.id;
	const { webhookId } = file.nodes.find(({ name }) => name === 'Chat') ?? {};
	chatUrl = `${url}/webhook/${webhookId}/chat`;
});
afterAll(async () => {
	await model?.close();
	await shop?.close();
});

/** Writes into the chat; gives the execution's number. */
async function say(chatInput: string): Promise<string> {
	const { client } = shop.n8n;
	const known = new Set((await client.listExecutions(workflowId)).map(({ id }) => id));
	const answer = await fetch(chatUrl, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', sessionId: 'anna', chatInput }),
	});
	expect(answer.status).toBe(200);
	return await until('the agent to answer or wait', async () => {
		const started = (await client.listExecutions(workflowId)).find(({ id }) => !known.has(id));
		return started && !/^(new|running)$/.test(started.status) ? started.id : undefined;
	});
}

/** The model wants these tools called, and then says what they answered. */
function wants(...calls: ModelCall[]): void {
	think = (request) => {
		const told = answers(request);
		return told.length === 0 ? calls : `The tools said: ${told.join(' ')}`;
	};
}

const createOrder = { tool: 'Create_order', arguments: order('12') };

function order(amount: string): Record<string, unknown> {
	return { Amount: amount, Currency: 'USDT', Network: 'tron' };
}

const lastWords = () => model.requests.at(-1)?.messages.at(-1)?.content;

describe('The example "ai-agent-orders", with a model that does as it is told', () => {
	it('offers the model tools that say what they do and what they want', async () => {
		think = () => 'Hello!';
		await say('Hi');
		const tools = Object.fromEntries(
			(model.requests.at(-1)?.tools ?? []).map((tool) => [tool.function.name, tool.function]),
		);
		expect(Object.keys(tools).sort()).toEqual([
			'Create_order',
			'Create_refund',
			'Get_order',
			'Get_payment_methods',
		]);
		expect(tools.Create_order.description).toContain('Every call makes another order');
		expect(tools.Create_order.parameters).toMatchObject({
			required: ['Amount', 'Currency', 'Network'],
		});
	});

	it('makes one order for each call, also for two alike in one execution', async () => {
		wants(createOrder, createOrder, { tool: 'Get_payment_methods', arguments: {} });
		await say('Two orders of 12 USDT on Tron');
		const orders = shop.sandbox.orders.all();
		expect(orders.map(({ amount }) => amount)).toEqual(['12', '12']);
		const shopIds = orders.map(({ merchantOrderId }) => merchantOrderId);
		expect(new Set(shopIds).size).toBe(2);
		const request = model.requests.at(-1);
		const told = request === undefined ? '' : answers(request).join();
		for (const { paymentUrl } of orders) expect(told).toContain(paymentUrl);
	});

	it('makes no second order when n8n tries a call again whose answer was lost', async () => {
		const before = shop.sandbox.orders.all().length;
		shop.sandbox.faults.script('/order/add', [{ kind: 'reset', when: 'after' }]);
		shop.sandbox.faults.script('/order/detail', [{ kind: 'status', status: 500, when: 'before' }]);
		shop.sandbox.requests.clear();
		wants({ tool: 'Create_order', arguments: order('33') });
		await say('33 USDT on Tron');
		expect(shop.sandbox.requests.countsByEndpoint()).toMatchObject({ '/order/add': 2 });
		const orders = shop.sandbox.orders.all();
		expect(orders).toHaveLength(before + 1);
		const made = orders.find(({ amount }) => amount === '33');
		expect(lastWords()).toContain(made?.tradeId);
	});

	it('makes no second order when the model calls again after the answers to both tries were lost', async () => {
		const before = shop.sandbox.orders.all().length;
		shop.sandbox.faults.script('/order/add', Array(2).fill({ kind: 'reset', when: 'after' }));
		const away = { kind: 'status', status: 500, when: 'before' } as const;
		shop.sandbox.faults.script('/order/detail', Array(2).fill(away));
		const call = { tool: 'Create_order', arguments: order('34') };
		think = (request) => {
			const told = answers(request);
			return told.length < 2 ? [call] : told.join(' then ');
		};
		await say('34 USDT on Tron');
		const [lost] = answers(model.requests.at(-1) ?? { messages: [], tools: [] });
		expect(lost).toContain('did not confirm the request');
		const orders = shop.sandbox.orders.all();
		expect(orders).toHaveLength(before + 1);
		expect(lastWords()).toContain(orders.find(({ amount }) => amount === '34')?.tradeId);
	});

	it('tells the model what it did wrong, and makes no order of it', async () => {
		const before = shop.sandbox.orders.all().length;
		wants({ tool: 'Create_order', arguments: order('twelve') });
		await say('Twelve, please');
		expect(lastWords()).toContain('Amount must be a number');
		expect(shop.sandbox.orders.all()).toHaveLength(before);
	});

	describe('a refund', () => {
		/** The agent wants to refund 5 of a paid order; n8n stops and asks. Gives the two links a human has. */
		const askForRefund = async () => {
			const before = shop.sandbox.refunds.all().length;
			const { tradeId } = shop.sandbox.orders.all()[0];
			if (shop.sandbox.orders.get(tradeId).status !== 'paid') shop.sandbox.orders.pay(tradeId);
			wants({
				tool: 'Create_refund',
				arguments: {
					toolParameters: { Trade_ID: tradeId, Amount: '5', Reason: 'broken' },
					hitlParameters: {},
				},
			});
			const id = await say('It is broken, I want 5 back');
			const execution = await shop.n8n.client.getExecution(id);
			expect(execution).toMatchObject({ status: 'waiting', lastNodeExecuted: 'Ask a human' });
			expect(shop.sandbox.refunds.all()).toHaveLength(before);
			const [{ sendMessage }] = execution.items('Ask a human');
			const { text: question, buttons } = sendMessage as {
				text: string;
				buttons: Array<{ link: string }>;
			};
			expect(question).toContain('Create_refund');
			expect(question).toContain(tradeId);
			const link = (approved: boolean) =>
				String(buttons.find((button) => button.link.includes(`approved=${approved}`))?.link);
			return { id, link };
		};

		/** Opens a link as a human's browser does, and waits for the agent to have answered. */
		const decide = async (link: string) => {
			const asked = model.requests.length;
			const headers = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
			expect((await fetch(link, { headers })).status).toBe(200);
			await until('the agent to go on', async () =>
				model.requests.length > asked ? true : undefined,
			);
		};

		it('is not made when the human declines, and the agent is told', async () => {
			const { link } = await askForRefund();
			await decide(link(false));
			expect(shop.sandbox.refunds.all()).toEqual([]);
			expect(lastWords()).toMatch(/declin|reject|denied|not approved/i);
		});

		it('is made once when the human approves', async () => {
			const { link } = await askForRefund();
			await decide(link(true));
			expect(shop.sandbox.refunds.all()).toMatchObject([{ amount: '5' }]);
			await fetch(link(true), { headers: { 'User-Agent': 'Mozilla/5.0 Firefox/140.0' } });
			expect(shop.sandbox.refunds.all()).toHaveLength(1);
		});
	});
});
