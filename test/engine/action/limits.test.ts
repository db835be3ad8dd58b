import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { createCheckout, createOrder, engine, getOrder, locator, typed } from './support.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const run = async (parameters: INodeParameters, limits: ICredentialDataDecryptedObject = {}) =>
	await engine.runNode({
		parameters,
		credentials: { ponponPayApi: { ...typed(sandbox.url, sandbox.apiKey), ...limits } },
	});

const paidOrder = async (merchantOrderId: string) => {
	await run(createOrder({ amount: '25', options: { merchantOrderId } }));
	return sandbox.orders.pay(merchantOrderId);
};

const refund = (merchantOrderId: string, amount: string): INodeParameters => ({
	resource: 'refund',
	operation: 'create',
	order: locator('merchantOrderId', merchantOrderId),
	amount,
});

describe('With the credential option Read Only', () => {
	it('everything can be looked up and nothing changed, each refusal naming the option', async () => {
		await paidOrder('shop-1');
		const byId = { order: locator('merchantOrderId', 'shop-1') };
		const { error: none } = await run(getOrder(byId.order), { readOnly: true });
		expect(none).toBeUndefined();

		sandbox.requests.clear();
		const changes: INodeParameters[] = [
			createOrder(),
			createCheckout(),
			{ resource: 'order', operation: 'cancel', ...byId },
			{ ...createOrder({ options: { cancelOpen: false } }), operation: 'createAndWait' },
			refund('shop-1', '1'),
			{ resource: 'refund', operation: 'cancel', refund: locator('id', 'R1') },
			{ resource: 'dispute', operation: 'accept', dispute: locator('id', 'D1'), confirm: true },
			{ resource: 'dispute', operation: 'respond', dispute: locator('id', 'D1'), message: 'x' },
			{
				resource: 'webhook',
				operation: 'create',
				url: `${sandbox.url}/hook`,
				events: ['order.paid'],
			},
			{ resource: 'webhook', operation: 'delete', webhookId: locator('id', 'W1') },
			{ resource: 'customApiCall', operation: 'call', path: '/order/add', body: '{}' },
		];
		for (const change of changes) {
			const { error } = await run(change, { readOnly: true });
			expect(`${error?.message} ${error?.description}`).toMatch(
				/The PonponPay credential .* was not called.*Read Only/,
			);
		}
		const called = Object.keys(sandbox.requests.countsByEndpoint());
		expect(called.filter((path) => !/detail|list/.test(path))).toEqual([]);
	});

	it('a wait that would cancel orders says so before it waits, and waits without', async () => {
		await run(createOrder({ options: { merchantOrderId: 'shop-1' } }));
		const wait = {
			resource: 'order',
			operation: 'wait',
			order: locator('merchantOrderId', 'shop-1'),
		};
		const { error } = await run(wait, { readOnly: true });
		expect(error?.description).toContain('"Cancel What Is Still Open"');

		sandbox.orders.pay('shop-1');
		const parameters = { ...wait, options: { cancelOpen: false } };
		const { outputs } = await run(parameters, { readOnly: true });
		expect(outputs.flat()).toMatchObject([{ json: { isPaid: true } }]);
	});
});

describe('With a highest amount in the credential', () => {
	it('no order and no checkout is made above it', async () => {
		const limits = { highestOrderAmount: '10' };
		expect((await run(createOrder({ amount: '10' }), limits)).error).toBeUndefined();
		for (const parameters of [createOrder({ amount: '10.01' }), createCheckout({ amount: '11' })]) {
			const { error } = await run(parameters, limits);
			expect(error?.message).toMatch(/allows 10 at most for an order, and 1\S+ was asked for/);
			expect(error?.description).toContain('Highest Order Amount');
		}
		expect(sandbox.orders.all()).toHaveLength(1);
	});

	it('no refund is made above it, not even of "all that is left"', async () => {
		const limits = { highestRefundAmount: '20' };
		const { actualAmount } = await paidOrder('shop-1');
		const { error } = await run(refund('shop-1', ''), limits);
		expect(error?.message).toBe(
			`The PonponPay credential allows 20 at most for a refund, and ${actualAmount} was asked for`,
		);
		expect(sandbox.refunds.all()).toEqual([]);

		expect((await run(refund('shop-1', '20'), limits)).error).toBeUndefined();
		const { outputs } = await run(refund('shop-1', ''), limits);
		expect(outputs[0][0].json.amount).toMatch(/^5(\.\d+)?$/);
		expect(sandbox.refunds.all()).toHaveLength(2);
	});

	it('an AI agent is told the limit, so that it can ask for less', async () => {
		const { calls } = await engine.runAsTool({
			parameters: createOrder({ amount: "={{ $fromAI('Amount', '', 'string') }}" }),
			credentials: {
				ponponPayApi: { ...typed(sandbox.url, sandbox.apiKey), highestOrderAmount: '50' },
			},
			calls: [{ Amount: '5000' }, { Amount: '50' }],
		});
		expect(calls[0].answer).toContain('allows 50 at most');
		expect(sandbox.orders.all().map(({ amount }) => amount)).toEqual(['50']);
	});
});
