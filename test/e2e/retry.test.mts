import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Execution, Workflow } from '../n8n/client.mts';
import { DEFAULT_N8N } from '../n8n/install.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import type { Fault } from '../sandbox/http/faults.mts';
import { openTestShop } from './testShop.mts';
import { left, WaitingRoom } from './waiting.mts';
import {
	create,
	newOrder,
	ponponPay as waitPonponPay,
	wait,
	waitingWorkflow,
} from './waitingWorkflow.mts';
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

	describe('after n8n was killed in an execution that was woken from waiting for a payment', () => {
		let room: WaitingRoom;
		beforeAll(() => {
			room = new WaitingRoom(shop);
		});

		/** Kills n8n, starts it again, and presses the button at the execution that was running. */
		const killAndRetry = async (
			workflowId: string,
			id: string,
			loadWorkflow = false,
		): Promise<Execution> => {
			const { client } = shop.n8n;
			await shop.n8n.kill();
			shop.sandbox.faults.clear();
			await shop.n8n.restart();
			await until('n8n to see that it was killed', async () =>
				(await client.getExecution(id)).status === 'crashed' ? true : undefined,
			);
			const known = (await client.listExecutions(workflowId)).map((execution) => execution.id);
			await client.call('POST', `/rest/executions/${id}/retry`, { loadWorkflow });
			const retried = await until('the retry', async () =>
				(await client.listExecutions(workflowId)).find((each) => !known.includes(each.id)),
			);
			return await room.finished(retried.id);
		};

		it.each([
			['Create and Wait, with the workflow as it was', 'createAndWait', false],
			['Wait for Payment, with the workflow as it is saved now', 'wait', true],
		])('finds the order paid, and makes none: %s', async (_, operation, loadWorkflow) => {
			const path = `killed-in-${operation}`;
			const both = waitPonponPay('Both', { operation, ...newOrder });
			const nodes = operation === 'wait' ? [create(), wait()] : [both];
			const file = waitingWorkflow({ name: path, chain: nodes, path });
			const workflow = await room.publish(file);
			const id = await room.startWaiting(workflow, path);
			const [{ tradeId }] = await room.ordersOf(id);
			const before = amounts().length;
			// The callback's own question is answered, the woken node's is not.
			shop.sandbox.faults.script('/order/detail', [null, { kind: 'silence', when: 'before' }]);
			shop.sandbox.orders.pay(tradeId);
			await until('the node to be woken', async () =>
				(await shop.n8n.client.getExecution(id)).status === 'running' ? true : undefined,
			);

			expect(left(await killAndRetry(workflow.id, id, loadWorkflow))).toEqual({
				Paid: [tradeId],
			});
			expect(amounts()).toHaveLength(before);
		});

		it('passes the paid order on again where it was killed behind the node', async () => {
			let isSlow = true;
			const shipped: string[] = [];
			const warehouse = createServer((request, response) => {
				shipped.push(String(request.url));
				if (!isSlow) response.end('{}');
			}).listen(0, '127.0.0.1');
			await once(warehouse, 'listening');
			try {
				const path = 'killed-behind';
				const file = waitingWorkflow({ name: path, chain: [create(), wait()], path });
				const { port } = warehouse.address() as AddressInfo;
				Object.assign(
					file.nodes.find(({ name }) => name === 'Paid')!,
					{
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						parameters: { url: `=http://127.0.0.1:${port}/{{ $json.tradeId }}`, options: {} },
					},
				);
				const workflow = await room.publish(file);
				const id = await room.startWaiting(workflow, path);
				const [{ tradeId }] = await room.ordersOf(id);
				shop.sandbox.orders.pay(tradeId);
				await until('the warehouse to be told', () => (shipped.length > 0 ? true : undefined));
				isSlow = false;
				const retried = await killAndRetry(workflow.id, id);
				expect(retried.status).toBe('success');
				expect(shipped).toEqual([`/${tradeId}`, `/${tradeId}`]);
			} finally {
				warehouse.close();
				warehouse.closeAllConnections();
			}
		});
	});
});
