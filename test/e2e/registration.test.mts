import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Workflow, WorkflowFile } from '../n8n/client.mts';
import { DEFAULT_DATABASE } from '../n8n/database.mts';
import { HAS_PUBLICATION_SERVICE } from '../n8n/install.mts';
import { startN8n } from '../n8n/server.mts';
import type { Shop } from '../n8n/shop.mts';
import { until } from '../n8n/until.mts';
import { openTestShop } from './testShop.mts';
import { chain, node, ponponPayTrigger } from './workflows.mts';

const TRIGGER = 'PonponPay Trigger';

/** Whatever a person does with a workflow, PonponPay has one hook for each active trigger, and none besides. */
describe('The hook at PonponPay', () => {
	let shop: Shop;

	beforeAll(async () => (shop = await openTestShop()));
	afterAll(async () => await shop?.close());

	const file = (name: string) =>
		chain(
			name,
			ponponPayTrigger({ events: ['order.paid'], registration: 'automatic' }),
			node('End', 'n8n-nodes-base.noOp', 1, {}),
		);
	const create = async (name: string) =>
		await shop.n8n.client.createWorkflow(shop.furnish(file(name)));
	const publish = async (name: string): Promise<Workflow> => {
		const workflow = await create(name);
		await shop.n8n.client.publish(workflow.id);
		return workflow;
	};
	/** Changes the workflow as saved now, and publishes it. */
	const republish = async (id: string, change: (workflow: Workflow) => void) => {
		const workflow = await shop.n8n.client.getWorkflow(id);
		change(workflow);
		await shop.n8n.client.updateWorkflow(id, workflow);
		await shop.n8n.client.publish(id);
	};
	const triggerOf = ({ nodes }: WorkflowFile) =>
		nodes.find(({ type }) => type.endsWith('.ponponPayTrigger'))!;
	const hooks = () => shop.sandbox.hooks.all();
	const hookOf = (workflow: WorkflowFile, path = 'webhook') =>
		`${shop.n8n.url}/${path}/${triggerOf(workflow).webhookId}/webhook`;
	const urls = () => hooks().map(({ url }) => url);

	it('follows a workflow that is changed, renamed, switched to manual and back', async () => {
		const workflow = await publish('Changing');
		expect(urls()).toEqual([hookOf(workflow)]);
		const [first] = hooks();

		await republish(workflow.id, ({ nodes }) => (nodes[1].position = [500, 100]));
		// Without its publication service n8n deletes the hook and makes it anew.
		expect(hooks()).toMatchObject([HAS_PUBLICATION_SERVICE ? first : { url: first.url }]);

		await republish(workflow.id, (changed) => {
			triggerOf(changed).parameters.events = ['order.paid', 'order.expired'];
		});
		expect(hooks()).toMatchObject([{ events: ['order.paid', 'order.expired'] }]);

		await republish(workflow.id, (changed) => {
			triggerOf(changed).name = 'Renamed';
			changed.connections = { Renamed: changed.connections[TRIGGER] };
		});
		expect(urls()).toEqual([hookOf(workflow)]);

		await republish(workflow.id, (changed) => {
			triggerOf(changed).parameters.registration = 'manual';
		});
		expect(urls()).toEqual([]);

		await republish(workflow.id, (changed) => {
			triggerOf(changed).parameters.registration = 'automatic';
		});
		expect(urls()).toEqual([hookOf(workflow)]);

		await shop.n8n.client.deleteWorkflow(workflow.id);
		expect(urls()).toEqual([]);
	});

	it('of one workflow is left alone by a copy of it', async () => {
		const original = await publish('Original');
		const copy = await publish('Copy');
		expect(urls()).toEqual([hookOf(original), hookOf(copy)]);
		await shop.n8n.client.deleteWorkflow(copy.id);
		expect(urls()).toEqual([hookOf(original)]);
		await shop.n8n.client.unpublish(original.id);
		expect(urls()).toEqual([]);
	});

	const onSqlite = DEFAULT_DATABASE === 'sqlite' ? it : it.skip;
	onSqlite(
		'stays what a copy of n8n, with the same database and key, finds and leaves',
		async () => {
			const workflow = await publish('In two databases');
			const own = hookOf(workflow);
			const userFolder = await mkdtemp(join(tmpdir(), 'ponponpay-n8n-copy-'));
			await shop.n8n.stop();
			await cp(shop.n8n.userFolder, userFolder, { recursive: true });
			await shop.n8n.restart();
			const copy = await startN8n({ userFolder });
			try {
				await copy.client.logInAsOwner();
				const theirs = own.replace(shop.n8n.url, copy.url);
				await copy.client.unpublish(workflow.id);
				expect(urls()).toEqual([own]);
				await copy.client.publish(workflow.id);
				expect(urls()).toEqual([own, theirs]);
				await copy.client.unpublish(workflow.id);
				expect(urls()).toEqual([own]);
			} finally {
				await copy.close();
				await rm(userFolder, { recursive: true, force: true });
			}
			await shop.n8n.client.unpublish(workflow.id);
			expect(urls()).toEqual([]);
		},
	);

	it('is what publishing insists on: where PonponPay offers none, it stops with the address', async () => {
		const workflow = await create('Nobody would call it');
		shop.sandbox.speak('missing-go');
		try {
			await expect(shop.n8n.client.publish(workflow.id)).rejects.toThrow(
				`Set Registration to Manual, enter ${hookOf(workflow)} in the PonponPay dashboard`,
			);
		} finally {
			shop.sandbox.speak();
		}
		await shop.n8n.client.unpublish(workflow.id);
		expect(urls()).toEqual([]);
	});

	it('that was deleted in the dashboard is made again by publishing again', async () => {
		const workflow = await publish('Deleted in the dashboard');
		shop.sandbox.hooks.remove(hooks()[0].webhookId);
		await shop.n8n.client.unpublish(workflow.id);
		await shop.n8n.client.publish(workflow.id);
		expect(urls()).toEqual([hookOf(workflow)]);
		await shop.n8n.client.unpublish(workflow.id);
	});

	it('that was deleted in the dashboard is made again at a start of n8n that asks the trigger', async () => {
		const workflow = await publish('Deleted while n8n was down');
		shop.sandbox.hooks.remove(hooks()[0].webhookId);
		await shop.n8n.restart();
		// With its publication service n8n asks no trigger when it starts: then only publishing helps.
		expect(urls()).toEqual(HAS_PUBLICATION_SERVICE ? [] : [hookOf(workflow)]);
		await shop.n8n.client.unpublish(workflow.id);
		await shop.n8n.client.publish(workflow.id);
		expect(urls()).toEqual([hookOf(workflow)]);
		await shop.n8n.client.unpublish(workflow.id);
	});

	it('stays as it is when the API key is rotated and entered anew', async () => {
		const workflow = await publish('Rotated');
		const before = urls();
		const apiKey = shop.sandbox.keys.rotateApiKey();
		await shop.n8n.client.updateCredential(shop.credential.id, {
			name: shop.credential.name,
			type: 'ponponPayApi',
			data: { apiKey, host: 'custom', customUrl: shop.sandbox.url },
		});
		await republish(workflow.id, (changed) => {
			triggerOf(changed).parameters.options = { includeRaw: true };
		});
		expect(urls()).toEqual(before);
		await shop.n8n.client.unpublish(workflow.id);
		expect(urls()).toEqual([]);
	});

	it('for a test event is there while the editor listens, and gone after the event', async () => {
		const { client } = shop.n8n;
		const workflow = await create('Listening');
		await client.runWorkflow(workflow.id, TRIGGER);
		expect(urls()).toEqual([hookOf(workflow, 'webhook-test')]);

		const forged = await fetch(urls()[0], { method: 'POST' });
		expect(forged.status).toBe(401);
		expect(urls()).toHaveLength(1);

		const { tradeId } = await createOrder();
		shop.sandbox.orders.pay(tradeId);
		const execution = await client.waitForNextExecution(workflow.id, []);
		expect(execution.items(TRIGGER)).toMatchObject([{ json: { order: { tradeId } } }]);
		await until('the hook to go', () => (hooks().length === 0 ? true : undefined));
	});

	it('for a test event goes when the person stops listening, and leaves the other one', async () => {
		const { client } = shop.n8n;
		const workflow = await publish('Stopped listening');
		await client.runWorkflow(workflow.id, TRIGGER);
		expect(urls()).toEqual([hookOf(workflow), hookOf(workflow, 'webhook-test')]);
		await client.call('DELETE', `/rest/test-webhook/${workflow.id}`);
		await until('the hook to go', () => (hooks().length < 2 ? true : undefined));
		expect(urls()).toEqual([hookOf(workflow)]);
		await client.unpublish(workflow.id);
	});

	it('that could not be removed is told in the log, and removed when published the next time', async () => {
		const { client } = shop.n8n;
		const workflow = await publish('Offline');
		const [left] = hooks();
		const { apiKey } = shop.sandbox;
		const credential = (key: string) => ({
			name: shop.credential.name,
			type: 'ponponPayApi',
			data: { apiKey: key, host: 'custom', customUrl: shop.sandbox.url },
		});
		await client.updateCredential(shop.credential.id, credential(`${apiKey}-mistyped`));
		await client.unpublish(workflow.id);
		expect(hooks()).toEqual([left]);
		expect(shop.n8n.logs()).toContain('could not remove its webhook at PonponPay');
		expect(shop.n8n.logs()).not.toContain(apiKey);

		// n8n 1.x shows what to do and leaves out what happened.
		await expect(client.publish(workflow.id)).rejects.toThrow(
			/does not accept the API key|Check the API Key in the PonponPay credential/,
		);
		await client.updateCredential(shop.credential.id, credential(apiKey));
		await client.publish(workflow.id);
		expect(urls()).toEqual([left.url]);
		await client.unpublish(workflow.id);
		expect(urls()).toEqual([]);
	});

	async function createOrder(): Promise<{ tradeId: string }> {
		const answer = await fetch(`${shop.sandbox.url}/api/v1/pay/sdk/order/add`, {
			method: 'POST',
			headers: { 'X-API-Key': shop.sandbox.apiKey, 'Content-Type': 'application/json' },
			body: JSON.stringify({ amount: 3, currency: 'USDT', network: 'tron' }),
		});
		const { data } = (await answer.json()) as { data: { trade_id: string } };
		return { tradeId: data.trade_id };
	}
});
