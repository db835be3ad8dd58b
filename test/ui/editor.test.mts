import type { Browser } from 'playwright-core';

import { orderOverWebhook } from '../demo/loop.mts';
import { openTestShop } from '../e2e/testShop.mts';
import { credentialFor, loadExample, type Shop } from '../n8n/shop.mts';
import { openBrowser } from './browser.mts';
import { Editor, keepPicture } from './editor.mts';

describe('in the editor', () => {
	let shop: Shop;
	let browser: Browser;
	let editor: Editor;

	beforeAll(async () => {
		shop = await openTestShop({ sandbox: { seed: 60, randomSeed: 'editor', ticking: true } });
		const ready = { ...credentialFor(shop.sandbox), name: 'Local sandbox' };
		await shop.n8n.client.updateCredential(shop.credential.id, ready);
		browser = await openBrowser();
		editor = await Editor.open(browser, shop.n8n.url);
	});

	afterAll(async () => {
		await browser?.close();
		await shop?.close();
	});

	/** A new workflow whose one action is open. */
	const startWith = async (action: string) => {
		await editor.newWorkflow();
		await editor.addManualTrigger();
		await editor.searchNodes('ponponpay');
		await editor.nodeEntry('PonponPay').click();
		await editor.addByEntry(action);
		await editor.panel.waitFor();
	};

	it.each(['ponponpay', 'polypay', 'usdt', 'stablecoin'])('is found by "%s"', async (text) => {
		await editor.newWorkflow();
		await editor.searchNodes(text);
		await editor.nodeEntry('PonponPay').waitFor();
	});

	it('offers its actions, those of orders first, and API Request last, beside what n8n adds', async () => {
		await editor.newWorkflow();
		await editor.addManualTrigger();
		await editor.searchNodes('ponponpay');
		await editor.nodeEntry('PonponPay').click();
		await editor.nodeEntry('Create order').waitFor();
		const entries = await editor.page.getByTestId('node-creator-item-name').allInnerTexts();
		const actions = entries.map((text) => text.trim());
		expect(actions.indexOf('Create order')).toBeLessThan(actions.indexOf('Accept dispute'));
		await keepPicture(editor.page, 'actions');

		await editor.addByEntry('Create order');
		const resources = await editor.openOptions('resource');
		expect(resources[0]).toBe('Order');
		expect(resources.slice(-2)).toEqual(['API Request', 'Custom API Call']);
	});

	it('tests a credential: red with a wrong key, and why; green with the right one', async () => {
		await startWith('Create order');
		await editor.newCredential();
		await editor.fillCredential('apiKey', 'sk_live_mistyped');
		await editor.chooseInCredential('host', 'Custom URL');
		await editor.fillCredential('customUrl', shop.sandbox.url);
		expect(await editor.saveCredential()).toBe('refused');
		await editor.credential.getByText('More details').click();
		await editor.credential.getByText('PonponPay does not accept the API key').waitFor();
		await keepPicture(editor.credential, 'credential-refused');

		await editor.fillCredential('apiKey', shop.sandbox.apiKey);
		expect(await editor.saveCredential()).toBe('closed');
		await editor.reopenCredential();
		await keepPicture(editor.credential, 'credential');
	});

	it('creates an order from drop-downs that fit each other, and shows it as a table', async () => {
		await startWith('Create order');
		await editor.fill('amount', '25.00');
		expect((await editor.openList('currency')).sort()).toEqual(['BUSD', 'USDC', 'USDT']);
		await editor.pick('USDC');
		const networks = await editor.openList('network');
		expect(networks).toContain('Polygon');
		expect(networks).not.toContain('Tron');
		await keepPicture(editor.panel, 'create-order');
		await editor.pick('Polygon');

		await editor.execute();
		const { head, rows } = await editor.outputTable();
		expect(head.slice(0, 5)).toEqual(['status', 'isPaid', 'amount', 'actualAmount', 'currency']);
		expect(rows).toHaveLength(1);
		expect(rows[0].slice(0, 3)).toEqual(['pending', 'false', '25']);
		await editor.showSchema();
		await keepPicture(editor.panel, 'order-created');
	});

	it('lists the orders to choose from, by shop ID, amount, status and age', async () => {
		await startWith('Get order');
		const orders = await editor.openList('order');
		expect(orders.length).toBeGreaterThan(5);
		for (const order of orders.slice(0, 5)) {
			expect(order).toMatch(/^\S+ · [\d.]+( \w+)? · \w+ · (just now|.+ ago) · /);
		}
		await keepPicture(editor.panel, 'order-list');
		await editor.pick(/^\s*shop-\S+ · \S+ \w+ · paid/);
		await editor.execute();
		const { rows } = await editor.outputTable();
		expect(rows[0].slice(0, 2)).toEqual(['paid', 'true']);
	});

	it('shows what an order holds before one has been made', async () => {
		await startWith('Create order');
		await editor.closeNode();
		await editor.searchNodes('edit fields');
		await editor.nodeEntry('Edit Fields (Set)').click();
		await editor.panel.waitFor();
		await editor.input.getByText('merchantOrderId').waitFor();
		await keepPicture(editor.panel, 'schema-preview');
	});

	it('makes an order at the press of "Execute workflow", as the demo says', async () => {
		const example = shop.furnish(loadExample('create-order'));
		await editor.openWorkflow((await shop.n8n.client.createWorkflow(example)).id);
		await editor.page.getByTestId('execute-workflow-button').click();
		await editor.page.getByText('Workflow executed successfully').waitFor();
		await editor.openNode('Create order');
		await editor.output.getByText('12.5', { exact: true }).waitFor();
	});

	it('publishes a trigger, and shows what a payment started', async () => {
		const { client } = shop.n8n;
		const create = await client.createWorkflow(shop.furnish(loadExample('order-from-shop')));
		await client.publish(create.id);
		const paid = await client.createWorkflow(shop.furnish(loadExample('on-paid-order-notify')));
		await editor.openWorkflow(paid.id);
		await editor.openNode('PonponPay Trigger');
		await editor.field('events').waitFor();
		await editor.panel.getByText('Webhook URLs').click();
		await editor.panel.getByText('/webhook-test/').waitFor();
		await keepPicture(editor.panel, 'trigger');
		await editor.closeNode();

		await editor.publish();
		const before = (await client.listExecutions(paid.id)).map(({ id }) => id);
		const order = await orderOverWebhook(shop.n8n.url, '12.50');
		const sandbox = await editor.openElsewhere(shop.sandbox.url);
		const card = sandbox.locator(`[data-trade-id="${order.tradeId}"]`);
		await card.getByRole('button', { name: 'Pay', exact: true }).click();
		const execution = await client.waitForNextExecution(paid.id, before);
		await sandbox.reload();
		await sandbox.getByText(/^Orders/).evaluate((heading) => heading.scrollIntoView());
		await keepPicture(sandbox, 'sandbox');
		await sandbox.close();

		await editor.openExecution(paid.id, execution.id);
		await keepPicture(editor.page, 'execution');
	});
});
