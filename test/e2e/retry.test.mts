import type { Execution, Workflow } from '../n8n/client.mts';
import { DEFAULT_N8N } from '../n8n/install.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import type { Fault } from '../sandbox/http/faults.mts';
import { openTestShop } from './testShop.mts';
import { chain, node, ponponPay, webhook } from './workflows.mts';

const AMOUNTS = ['1.5', '2.5', '3.5', '4.5', '5.5'];
const refused: Fault = {
	kind: 'raw',
	body: '{"code":10099,"message":"wallet is being serviced"}',
	when: 'before',
};

/** Five items, each an order, one after the other. */
const fiveOrders = chain(
	'Five orders',
	webhook('five-orders'),
	node('Each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.orders', options: {} }),
	ponponPay('Pay', {
		resource: 'order',
		operation: 'create',
		amount: '={{ $json.amount }}',
		currency: { __rl: true, mode: 'id', value: 'USDT' },
		network: { __rl: true, mode: 'id', value: 'tron' },
		options: { concurrency: 1 },
	}),
);

describe('the button "Retry execution" in a real n8n', () => {
	let shop: Shop;
	let workflow: Workflow;
	beforeAll(async () => {
		shop = await openTestShop();
		const { client } = shop.n8n;
		workflow = await client.createWorkflow(shop.furnish(fiveOrders));
		await client.publish(workflow.id);
	});
	afterAll(async () => await shop?.close());

	const order = async () =>
		await fetch(`${shop.n8n.url}/webhook/five-orders`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ orders: AMOUNTS.map((amount) => ({ amount })) }),
		});
	const executions = async () => await shop.n8n.client.listExecutions(workflow.id);
	const retry = async (id: string): Promise<Execution> => {
		const known = (await executions()).map((execution) => execution.id);
		await shop.n8n.client.call('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false });
		return await shop.n8n.client.waitForNextExecution(workflow.id, known);
	};
	const amounts = () => shop.sandbox.orders.all().map(({ amount }) => amount);

	it('finds the orders of the execution that failed, and makes only those that are missing', async () => {
		shop.sandbox.faults.script('/order/add', [null, null, refused]);
		await order();
		expect(amounts()).toEqual(AMOUNTS.slice(0, 2));
		const [failed] = await executions();
		expect(failed.status).toBe('error');

		const retried = await retry(failed.id);
		expect(retried.status).toBe('success');
		expect(retried.items('Pay').map(({ json }) => json.amount)).toEqual(AMOUNTS);
		expect(amounts()).toEqual(AMOUNTS);
	});

	it('does so too after n8n was killed in the middle', async () => {
		const before = amounts().length;
		shop.sandbox.faults.script('/order/add', [null, null, { kind: 'silence', when: 'after' }]);
		const answer = order().catch(() => undefined);
		await until('the third order', async () => amounts().length === before + 3 || undefined);
		await shop.n8n.kill();
		await answer;
		await shop.n8n.restart();
		const crashed = await until('n8n to see that it was killed', async () =>
			(await executions()).find(({ status }) => status === 'crashed'),
		);

		const retried = await retry(crashed.id);
		if (DEFAULT_N8N.startsWith('1.')) {
			// It does not tell the node which execution it tries again, so nothing may be made.
			expect(retried.error?.message).toContain('does not say which one that was');
			expect(amounts().slice(before)).toEqual(AMOUNTS.slice(0, 3));
			return;
		}
		expect(retried.status).toBe('success');
		expect(amounts().slice(before)).toEqual(AMOUNTS);
	});
});
